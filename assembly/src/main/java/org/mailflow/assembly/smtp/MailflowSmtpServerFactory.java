package org.mailflow.assembly.smtp;

import javax.inject.Inject;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.mailflow.core.config.LiveMailflow;

/** Makes a {@link MailflowSmtpServer} of each {@code <smtpserver>} in smtpserver.xml. */
public final class MailflowSmtpServerFactory extends SMTPServerFactory {
    private final LiveMailflow live;

    @Inject
    MailflowSmtpServerFactory(
            DNSService dns,
            ProtocolHandlerLoader handlers,
            FileSystem files,
            MetricFactory metrics,
            LiveMailflow live) {
        super(dns, handlers, files, metrics);
        this.live = live;
    }

    @Override
    protected SMTPServer createServer() {
        return new MailflowSmtpServer(smtpMetrics, fileSystem, live);
    }
}
