package org.mailflow.assembly.smtp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.NonStickyEventExecutorGroup;
import io.netty.util.concurrent.UnorderedThreadPoolEventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.lib.SslConfig;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.smtpserver.ExtendedSMTPSession;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SmtpMetrics;
import org.apache.james.util.concurrent.NamedThreadFactory;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.config.LiveMailflow;

/**
 * James' SMTP server with what a gateway needs and James 3.8.1 cannot do.
 *
 * <ul>
 *   <li>Commands and message content run on threads of their own ({@code <maxExecutorCount>}, 64 where it is not
 *       configured), never on the threads that serve the sockets: a slow directory or disk delays one connection, not all.
 *   <li>It asks for a client certificate and completes the handshake whatever is presented ({@link ListenerTls}).
 *   <li>A stop lets a mail whose content is under way come to its end ({@link SmtpSessionHandler}).
 *   <li>A PROXY header is believed from trusted proxies alone ({@link ProxyGate}), and all that counts or judges a client's
 *       address sees the one behind the proxy.
 *   <li>No client's name is looked up ({@link SmtpContext}).
 *   <li>Nothing that a client sent before TLS started is ever read as sent after it ({@link SmtpLineFramer}).
 * </ul>
 */
public final class MailflowSmtpServer extends SMTPServer {
    private static final int COMMAND_THREADS = 64;

    private final SmtpMetrics metrics;
    private final FileSystem files;
    private final LiveMailflow live;
    private final OpenSessions sessions = new OpenSessions();
    private final List<Channel> listening = new CopyOnWriteArrayList<>();
    private @Nullable SslConfig tls;
    private @Nullable EventExecutorGroup commands;

    MailflowSmtpServer(SmtpMetrics metrics, FileSystem files, LiveMailflow live) {
        super(metrics);
        this.live = live;
        this.metrics = metrics;
        this.files = files;
    }

    @Override
    public void doConfigure(HierarchicalConfiguration<ImmutableNode> configuration) throws ConfigurationException {
        super.doConfigure(configuration);
        // Sessions are brought to their end before; James would wait two seconds more for each listener.
        setGracefulShutdown(false);
        tls = SslConfig.parse(configuration);
        ThreadFactory threads = NamedThreadFactory.withName(jmxName + "-commands");
        commands = new NonStickyEventExecutorGroup(new UnorderedThreadPoolEventExecutor(
                configuration.getInt("maxExecutorCount", COMMAND_THREADS), threads));
    }

    @Override
    protected void buildSSLContext() throws Exception {
        SslConfig configured = tls;
        if (configured != null && (configured.useSSL() || configured.useStartTLS())) {
            encryption = ListenerTls.load(configured, files);
        }
    }

    /** Takes no more connections, and ends each of those that are open as soon as it is not in a mail's content. */
    public void stopListening() {
        for (Channel channel : listening) {
            var unused = channel.close();
        }
        sessions.dismiss();
    }

    /**
     * Waits for the end of the connections.
     *
     * @param patience how long at most
     * @return whether none is left
     * @throws InterruptedException where the thread is interrupted while it waits
     */
    public boolean awaitSessions(Duration patience) throws InterruptedException {
        return sessions.awaitEnd(patience);
    }

    /** Keeps hold of the listening sockets, which James has for itself. */
    @Override
    protected void configureBootstrap(ServerBootstrap bootstrap) {
        super.configureBootstrap(bootstrap);
        bootstrap.handler(new ChannelInitializer<ServerChannel>() {
            @Override
            protected void initChannel(ServerChannel channel) {
                listening.add(channel);
            }
        });
    }

    /** Runs commands on the threads that {@link #doConfigure} made. */
    @Override
    protected EventExecutorGroup getExecutorGroup() {
        EventExecutorGroup group = commands;
        return group == null ? super.getExecutorGroup() : group;
    }

    @Override
    protected ChannelInboundHandlerAdapter createCoreHandler() {
        return new SmtpSessionHandler(protocol(), getEncryption(), metrics, sessions, () -> live.current()
                .server()
                .limits()
                .connectionTimeout());
    }

    /** James keeps its own to itself; this one is the same, of the same handlers. */
    private SMTPProtocol protocol() {
        SMTPConfiguration configuration = new SMTPHandlerConfigurationDataImpl();
        return new SMTPProtocol(getProtocolHandlerChain(), configuration) {
            @Override
            public ProtocolSession newSession(ProtocolTransport transport) {
                return new ExtendedSMTPSession(configuration, transport);
            }
        };
    }

    @Override
    protected AbstractChannelPipelineFactory<SocketChannel> createPipelineFactory() {
        return new SmtpPipeline(
                new SmtpPipeline.Limits(getTimeout(), connectionLimit, connPerIP),
                proxyRequired ? Optional.of(() -> live.current().server().trustedProxies()) : Optional.empty(),
                this::getEncryption,
                getExecutorGroup(),
                this::createCoreHandler);
    }

    @Override
    protected void postDestroy() {
        super.postDestroy();
        if (commands != null) {
            // Nobody waits: its threads have nothing left to do once the listener is unbound.
            var unused = commands.shutdownGracefully();
        }
    }

    /** Registers nothing: beans of two servers in one process would have the same name. */
    @Override
    protected void registerMBean() {
        // See above.
    }

    @Override
    protected void unregisterMBean() {
        // Nothing was registered.
    }
}
