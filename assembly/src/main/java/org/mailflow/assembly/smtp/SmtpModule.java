package org.mailflow.assembly.smtp;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import com.google.inject.util.Modules;
import org.apache.james.modules.protocols.ProtocolHandlerModule;
import org.apache.james.modules.protocols.SMTPServerModule;
import org.apache.james.smtpserver.netty.SMTPServerFactory;

/** James' SMTP with {@link MailflowSmtpServer} as the server. */
public final class SmtpModule extends AbstractModule {
    @Override
    protected void configure() {
        install(new ProtocolHandlerModule());
        install(Modules.override(new SMTPServerModule()).with(new OurServer()));
    }

    private static final class OurServer extends AbstractModule {
        @Override
        protected void configure() {
            bind(MailflowSmtpServerFactory.class).in(Scopes.SINGLETON);
            bind(SMTPServerFactory.class).to(MailflowSmtpServerFactory.class);
        }
    }
}
