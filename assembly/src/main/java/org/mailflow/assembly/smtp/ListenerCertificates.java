package org.mailflow.assembly.smtp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.imapserver.netty.IMAPServerFactory;
import org.apache.james.protocols.lib.SslConfig;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.protocols.lib.netty.AbstractServerFactory;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.apache.james.util.LoggingLevel;
import org.apache.james.util.concurrent.NamedThreadFactory;
import org.mailflow.core.config.LiveMailflow;

/**
 * Takes renewed PEM files of the listeners for new connections, without a restart: at the interval that
 * {@code mailflow.xml} has for certificates, and at a reload.
 */
@Singleton
public final class ListenerCertificates {
    private final SMTPServerFactory smtp;
    private final IMAPServerFactory imap;
    private final ConfigurationProvider configuration;
    private final FileSystem files;
    private final LiveMailflow live;
    private final List<ListenerCertificate> certificates = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(NamedThreadFactory.withName("listener-certificates"));

    @Inject
    ListenerCertificates(
            SMTPServerFactory smtp,
            IMAPServerFactory imap,
            ConfigurationProvider configuration,
            FileSystem files,
            LiveMailflow live) {
        this.smtp = smtp;
        this.imap = imap;
        this.configuration = configuration;
        this.files = files;
        this.live = live;
    }

    /**
     * Watches the files of every listener that runs.
     *
     * @throws ConfigurationException where their configuration cannot be read
     */
    public void watch() throws ConfigurationException {
        collect(smtp, "smtpserver");
        collect(imap, "imapserver");
        live.onReload(reloaded -> timer.execute(this::look));
        schedule();
    }

    /** What the listeners present that run; nothing before they are watched. */
    public List<ListenerCertificate.InUse> inUse() {
        return certificates.stream().map(ListenerCertificate::inUse).toList();
    }

    /** Factories make a listener of each element, in the order of the file. */
    private void collect(AbstractServerFactory factory, String component) throws ConfigurationException {
        List<HierarchicalConfiguration<ImmutableNode>> elements =
                configuration.getConfiguration(component, LoggingLevel.INFO).configurationsAt(component);
        List<AbstractConfigurableAsyncServer> servers = factory.getServers();
        for (int i = 0; servers != null && i < servers.size(); i++) {
            if (servers.get(i).isEnabled()) {
                SslConfig tls = SslConfig.parse(elements.get(i));
                if (tls.getCertificates() != null && tls.getPrivateKey() != null) {
                    certificates.add(new ListenerCertificate(servers.get(i), tls, files));
                }
            }
        }
    }

    private void schedule() {
        Duration interval = live.current().server().certificateCheckInterval();
        if (!timer.isShutdown()) {
            var unused = timer.schedule(
                    () -> {
                        try {
                            look();
                        } finally {
                            schedule();
                        }
                    },
                    interval.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        certificates.forEach(ListenerCertificate::look);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
