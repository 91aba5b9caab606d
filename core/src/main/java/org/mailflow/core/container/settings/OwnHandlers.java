package org.mailflow.core.container.settings;

import java.util.List;
import java.util.Set;

/** SMTP handlers: ours, and those of James that would decide beside ours. */
public final class OwnHandlers {

    /** Where ours are. */
    public static final String PACKAGE = "org.mailflow.smtp.";

    /** The handler chain of a listener. */
    public static final String CHAIN = PACKAGE + "MailflowHandlers";

    /** The handlers of the chain, each once. */
    public static final List<String> IN_CHAIN = List.of(
            PACKAGE + "MailflowCommandDispatcher",
            PACKAGE + "MailflowAuthCmdHandler",
            PACKAGE + "MailflowAuthHook",
            PACKAGE + "MailflowDataCmdHandler",
            PACKAGE + "MailflowMailCmdHandler",
            PACKAGE + "MailflowRcptCmdHandler",
            PACKAGE + "HeaderFirewallHook",
            PACKAGE + "ReceivedHeaderFilter",
            PACKAGE + "MailflowSizeExtension",
            PACKAGE + "MailflowXoorgExtension",
            PACKAGE + "MailflowStartTlsCmdHandler",
            PACKAGE + "ContentLimitFilter",
            PACKAGE + "HopLimitHook",
            PACKAGE + "StampHook",
            PACKAGE + "SpoolHook");

    /** Those that a listener may have besides. */
    public static final List<String> BESIDE_CHAIN = List.of(PACKAGE + "AuthenticationRequiredHook");

    /** Handlers of James', by their names without packages, that decide who may relay or which recipients there are. */
    private static final Set<String> DECIDING = Set.of(
            "ValidRcptHandler",
            "AuthRequiredToRelayRcptHook",
            "SenderAuthIdentifyVerificationHook",
            "PostmasterAbuseRcptHook",
            "POP3BeforeSMTPHandler",
            "JamesMailCmdHandler",
            "JamesRcptCmdHandler");

    /** Handlers of James', by their names without packages, of which a listener has one, which ours has already. */
    private static final Set<String> TAKEN = Set.of(
            "CoreCmdHandlerLoader",
            "CommandDispatcher",
            "AuthCmdHandler",
            "JamesDataCmdHandler",
            "StartTlsCmdHandler",
            "UsersRepositoryAuthHook",
            "MailSizeEsmtpExtension",
            "ReceivedDataLineFilter",
            "DataLineJamesMessageHookHandler",
            "AddDefaultAttributesMessageHook",
            "SendMailHandler");

    private static final String JAMES = "org.apache.james.";

    private OwnHandlers() {}

    /** Whether it is a handler of James' that decides what {@code mailflow.xml} decides. */
    public static boolean decides(String className) {
        return className.startsWith(JAMES) && DECIDING.contains(simple(className));
    }

    /** Whether the chain has this handler, or what stands in its place. */
    public static boolean isInChain(String className) {
        return className.equals(CHAIN)
                || IN_CHAIN.contains(className)
                || (className.startsWith(JAMES) && TAKEN.contains(simple(className)));
    }

    /** Whether there is a handler of ours with this name. */
    public static boolean isOurs(String className) {
        return className.equals(CHAIN) || IN_CHAIN.contains(className) || BESIDE_CHAIN.contains(className);
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
