package org.mailflow.assembly;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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

    private final DataDirectoryLock lock;
    private final PortsFile portsFile;
    private final Injector injector;

    private MailflowServer(DataDirectoryLock lock, PortsFile portsFile, Injector injector) {
        this.lock = lock;
        this.portsFile = portsFile;
        this.injector = injector;
    }

    /**
     * Starts a server and returns when it takes mail.
     *
     * @param directories its configuration and its data
     * @param environment the variables that its files may name as <code>${env:NAME}</code>
     * @param overrides bindings that replace or add to those of the server
     * @throws InvalidConfigurationException where mailflow.xml has an error; its message lists them all
     * @throws Exception where the configuration is refused, a port or the data directory is taken, or the data cannot be
     *     read; nothing keeps running then
     */
    public static MailflowServer start(
            ServerDirectories directories, Map<String, String> environment, Module... overrides) throws Exception {
        FlowModule flow = FlowModule.load(directories, environment);
        DataDirectoryLock lock = DataDirectoryLock.take(directories.data());
        IsStartedProbe started = new IsStartedProbe();
        Injector injector;
        try {
            injector = Guice.createInjector(
                    Modules.override(
                                    new ServerModule(directories, environment),
                                    flow,
                                    new IsStartedProbeModule(started))
                            .with(overrides));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        MailflowServer server = new MailflowServer(lock, new PortsFile(directories.data()), injector);
        try {
            injector.getInstance(ConfigurationSanitizingPerformer.class).sanitize();
            injector.getInstance(StartUpChecksPerformer.class).performCheck();
            injector.getInstance(InitializationOperations.class).initModules();
            server.portsFile.write(server);
        } catch (Exception e) {
            server.close();
            throw e;
        }
        started.notifyStarted();
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

    /** Finishes what is being done, closes all listeners and stores, and returns. What is queued stays queued. */
    @Override
    public void close() throws IOException {
        portsFile.delete();
        injector.getInstance(IsStartedProbe.class).notifyStoped();
        injector.getInstance(Key.get(new TypeLiteral<Stager<PreDestroy>>() {})).stage();
        lock.close();
    }

    private List<Integer> ports(Class<? extends AbstractServerFactory> factory) {
        return injector.getInstance(factory).getServers().stream()
                .filter(AbstractConfigurableAsyncServer::isEnabled)
                .flatMap(server -> server.getListenAddresses().stream())
                .map(InetSocketAddress::getPort)
                .toList();
    }
}
