package org.mailflow.smtp;

import java.util.List;
import java.util.stream.Stream;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.smtp.core.ExpnCmdHandler;
import org.apache.james.protocols.smtp.core.HeloCmdHandler;
import org.apache.james.protocols.smtp.core.HelpCmdHandler;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;
import org.apache.james.protocols.smtp.core.QuitCmdHandler;
import org.apache.james.protocols.smtp.core.RsetCmdHandler;
import org.apache.james.protocols.smtp.core.UnknownCmdHandler;
import org.apache.james.protocols.smtp.core.VrfyCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.EhloCmdHandler;
import org.apache.james.protocols.smtp.core.log.HookResultLogger;
import org.apache.james.smtpserver.DataLineJamesMessageHookHandler;
import org.apache.james.smtpserver.JamesWelcomeMessageHandler;

/**
 * The handler chain of an SMTP listener with the mail flow of {@code mailflow.xml}: James' own commands, with everything
 * that decides about mail replaced. Who may relay, which recipients exist and which partner must use TLS is decided by
 * {@code mailflow.xml} alone; {@code authorizedAddresses} and {@code verifyIdentity} of the listener grant and refuse
 * nothing.
 *
 * <pre>{@code
 * <smtpserver enabled="true">
 *   <bind>0.0.0.0:25</bind>
 *   <tls socketTLS="false" startTLS="true">
 *     <privateKey>file://conf/private.key</privateKey>
 *     <certificates>file://conf/certs.crt</certificates>
 *   </tls>
 *   <auth>
 *     <announce>never</announce>
 *   </auth>
 *   <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * </smtpserver>
 * }</pre>
 */
public final class MailflowHandlers implements HandlersPackage {

    // The dispatcher is the first LineHandler; filters of content, and hooks for a whole mail, run in this order.
    private static final List<Class<? extends ProtocolHandler>> HANDLERS = List.of(
            JamesWelcomeMessageHandler.class,
            MailflowCommandDispatcher.class,
            MailflowAuthCmdHandler.class,
            MailflowDataCmdHandler.class,
            EhloCmdHandler.class,
            ExpnCmdHandler.class,
            HeloCmdHandler.class,
            HelpCmdHandler.class,
            MailflowMailCmdHandler.class,
            NoopCmdHandler.class,
            QuitCmdHandler.class,
            MailflowRcptCmdHandler.class,
            RsetCmdHandler.class,
            VrfyCmdHandler.class,
            MailflowSizeExtension.class,
            MailflowXoorgExtension.class,
            MailflowAuthHook.class,
            ContentLimitFilter.class,
            HeaderFirewallHook.class,
            ReceivedHeaderFilter.class,
            DataLineJamesMessageHookHandler.class,
            MailflowStartTlsCmdHandler.class,
            HopLimitHook.class,
            StampHook.class,
            SpoolHook.class,
            UnknownCmdHandler.class,
            HookResultLogger.class);

    /** For James, which makes it by name. */
    public MailflowHandlers() {}

    /** The names of the handlers, in order. */
    @Override
    public List<String> getHandlers() {
        return Stream.concat(
                        HANDLERS.stream().map(Class::getName),
                        Stream.of("org.apache.james.protocols.api.handler.CommandHandlerResultLogger"))
                .toList();
    }
}
