package org.mailflow.assembly;

import com.google.common.io.Closer;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.annotation.PreDestroy;
import org.apache.james.ConfigurationSanitizingPerformer;
import org.apache.james.IsStartedProbe;
import org.apache.james.StartUpChecksPerformer;
import org.apache.james.imapserver.netty.IMAPServerFactory;
import org.apache.james.modules.IsStartedProbeModule;
import org.apache.james.onami.lifecycle.Stager;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.protocols.lib.netty.AbstractServerFactory;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.apache.james.utils.InitializationOperations;
import org.apache.james.webadmin.WebAdminConfiguration;
import org.apache.james.webadmin.WebAdminServer;
import org.mailflow.assembly.flow.FlowModule;
import org.mailflow.assembly.queue.Drain;
import org.mailflow.assembly.smtp.ListenerCertificates;
import org.mailflow.assembly.smtp.MailflowSmtpServer;
import org.mailflow.core.config.environment.EnvironmentFile;
import org.mailflow.delivery.ConnectorDeliveries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running mail server.
 *
 * <p>Several can run in one process, each on directories of its own: nothing is read from or written to system properties,
 * and all state is below the data directory.
 */
public final class MailflowServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailflowServer.class);

    /** How long a stop may take, all in all; whoever supervises the server must give it more. */
    static final Duration PATIENCE = Duration.ofSeconds(30);
    /** How long clients may take to bring the mail to its end that they are sending. */
    private static final Duration PATIENCE_WITH_CLIENTS = Duration.ofSeconds(10);
    /** What is kept of the whole for the spooler, which takes five seconds at most to be cut off, and for the stores. */
    private static final Duration CLOSING = Duration.ofSeconds(10);
    /** For deliveries that did not come to their end before: to be cut off, and no more. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final DataDirectoryLock lock;
    private final PortsFile portsFile;
    private final Injector injector;
    private final IsStartedProbe started;

    private MailflowServer(DataDirectoryLock lock, PortsFile portsFile, Injector injector, IsStartedProbe started) {
        this.lock = lock;
        this.portsFile = portsFile;
        this.injector = injector;
        this.started = started;
    }

    /**
     * Starts a server and returns when it takes mail.
     *
     * @param directories its configuration and its data
     * @param environment the variables that its files may name as <code>${env:NAME}</code>; they go before those of
     *     {@link EnvironmentFile}
     * @param overrides bindings that replace or add to those of the server
     * @throws InvalidConfigurationException where mailflow.xml, or a file of James beside it, has an error; its message
     *     lists them all
     * @throws Exception where the configuration is refused, a port or the data directory is taken, or the data cannot be
     *     read; nothing keeps running then
     */
    public static MailflowServer start(
            ServerDirectories directories, Map<String, String> environment, Module... overrides) throws Exception {
        FlowModule flow = FlowModule.load(directories, environment);
        try {
            Map<String, String> variables = EnvironmentFile.variables(directories.configuration(), environment);
            DataDirectoryLock lock = DataDirectoryLock.take(directories.data());
            try {
                LOGGER.debug("{} is read", flow.readSecret());
                IsStartedProbe started = new IsStartedProbe();
                Injector injector = Guice.createInjector(Modules.override(
                                new ServerModule(directories, variables), flow, new IsStartedProbeModule(started))
                        .with(overrides));
                return start(
                        new MailflowServer(lock, new PortsFile(directories.data()), injector, started), directories);
            } catch (Exception | Error e) {
                lock.close();
                throw e;
            }
        } catch (Exception | Error e) {
            flow.close();
            throw e;
        }
    }

    private static MailflowServer start(MailflowServer server, ServerDirectories directories) throws Exception {
        try {
            server.get(ConfigurationSanitizingPerformer.class).sanitize();
            server.get(StartUpChecksPerformer.class).performCheck();
            server.get(InitializationOperations.class).initModules();
            server.get(ListenerCertificates.class).watch();
            server.portsFile.write(server);
        } catch (Exception | Error e) {
            server.closeAfter(e);
            throw e;
        }
        server.started.notifyStarted();
        LOGGER.info("Server started on {}", directories);
        return server;
    }

    /** Returns the ports of the SMTP listeners, in the order of smtpserver.xml. */
    public List<Integer> smtpPorts() {
        return ports(SMTPServerFactory.class);
    }

    /** Returns the ports of the IMAP listeners, in the order of imapserver.xml; none where IMAP is not configured. */
    public List<Integer> imapPorts() {
        return ports(IMAPServerFactory.class);
    }

    /** Returns the port of WebAdmin; none where it is not configured. */
    public OptionalInt webAdminPort() {
        return injector.getInstance(WebAdminConfiguration.class).isEnabled()
                ? OptionalInt.of(
                        injector.getInstance(WebAdminServer.class).getPort().getValue())
                : OptionalInt.empty();
    }

    /**
     * Returns a part of the running server.
     *
     * @throws com.google.inject.ConfigurationException where the server has no such part
     */
    public <T> T get(Class<T> part) {
        return injector.getInstance(part);
    }

    /**
     * Stops listening, lets mail that is being received, processed or delivered come to its end, and closes all stores,
     * within 30 seconds. What is queued stays queued. Each step is taken whatever comes of the one before it.
     */
    @Override
    public void close() throws IOException {
        Deadline deadline = new Deadline(PATIENCE.minus(CLOSING));
        // The last comes first.
        try (Closer steps = Closer.create()) {
            steps.register(lock::close);
            steps.register(this::closeStores);
            steps.register(() -> unlessInterrupted(() -> drain(deadline)));
            steps.register(() -> unlessInterrupted(() -> stopListening(deadline)));
            steps.register(portsFile::delete);
        }
    }

    private interface Wait {
        void run() throws InterruptedException;
    }

    private static void unlessInterrupted(Wait wait) {
        try {
            wait.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeStores() {
        injector.getInstance(Key.get(new TypeLiteral<Stager<PreDestroy>>() {})).stage();
    }

    /** Stops what a failed start had begun; what goes wrong with that must not hide why the start failed. */
    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void stopListening(Deadline deadline) throws InterruptedException {
        List<MailflowSmtpServer> smtp = listeners(SMTPServerFactory.class).stream()
                .filter(MailflowSmtpServer.class::isInstance)
                .map(MailflowSmtpServer.class::cast)
                .toList();
        smtp.forEach(MailflowSmtpServer::stopListening);
        listeners(IMAPServerFactory.class).forEach(AbstractConfigurableAsyncServer::destroy);
        Deadline clients = deadline.butAtMost(PATIENCE_WITH_CLIENTS);
        for (MailflowSmtpServer listener : smtp) {
            if (!listener.awaitSessions(clients.left())) {
                LOGGER.warn(
                        "Breaks off connections whose clients do not come to the end of their mail; they send it again");
            }
        }
        listeners(SMTPServerFactory.class).forEach(AbstractConfigurableAsyncServer::unbind);
    }

    private void drain(Deadline deadline) throws InterruptedException {
        boolean wasStarted = started.isStarted();
        started.notifyStoped();
        if (!injector.getInstance(Drain.class).close(deadline.left())) {
            LOGGER.warn("Stops while mail is still being delivered; it is delivered again after the next start");
        }
        if (wasStarted) {
            // They had their time: nothing is in hand, or what is does not come to its end.
            injector.getInstance(ConnectorDeliveries.class).endWithin(GRACE);
        }
    }

    private List<Integer> ports(Class<? extends AbstractServerFactory> factory) {
        return listeners(factory).stream()
                .flatMap(server -> server.getListenAddresses().stream())
                .map(InetSocketAddress::getPort)
                .toList();
    }

    /** Returns the listeners of a factory; none where the server failed before it made them. */
    private List<AbstractConfigurableAsyncServer> listeners(Class<? extends AbstractServerFactory> factory) {
        return Stream.ofNullable(injector.getInstance(factory).getServers())
                .flatMap(List::stream)
                .filter(AbstractConfigurableAsyncServer::isEnabled)
                .toList();
    }
}
