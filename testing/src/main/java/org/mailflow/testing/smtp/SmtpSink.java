package org.mailflow.testing.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * An SMTP server on loopback that records every mail whole and, where it is told to, misbehaves. It accepts any sender
 * and recipient. Everything may be asked and scripted while mail arrives.
 */
public final class SmtpSink implements AutoCloseable {
    private final SinkSettings settings;
    private final List<ServerSocket> listeners;
    private final SinkScript script = new SinkScript();
    private final SinkLog log = new SinkLog();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "smtp-sink");
        thread.setDaemon(true);
        return thread;
    });

    SmtpSink(SinkSettings settings, List<ServerSocket> listeners) {
        this.settings = settings;
        this.listeners = List.copyOf(listeners);
        this.listeners.forEach(listener -> threads.execute(() -> accept(listener)));
    }

    /** Starts a sink on a free port of 127.0.0.1, without TLS. */
    public static SmtpSink start() throws IOException {
        return builder().start();
    }

    public static SmtpSinkBuilder builder() {
        return new SmtpSinkBuilder();
    }

    /** The port, the same on each of the sink's addresses. */
    public int port() {
        return listeners.get(0).getLocalPort();
    }

    /** The addresses that the sink listens on, in the order in which they were given. */
    public List<InetAddress> addresses() {
        return listeners.stream().map(ServerSocket::getInetAddress).toList();
    }

    /** The first address with the port. */
    public InetSocketAddress address() {
        return new InetSocketAddress(addresses().get(0), port());
    }

    /** The name in the greeting. */
    public String hostName() {
        return settings.hostName();
    }

    /** Begins a rule: what the sink does at a stage in place of accepting. */
    public SinkRule on(SmtpStage stage) {
        return new SinkRule(script, stage);
    }

    /** Takes back every rule. */
    public void behave() {
        script.clear();
    }

    /** The mails that the sink accepted, in the order in which their final dots came. */
    public List<ReceivedMail> received() {
        return log.received();
    }

    /** Every mail that came as far as its final dot, whatever the sink answered. */
    public List<ReceivedMail> transactions() {
        return log.transactions();
    }

    /**
     * Waits until the sink has accepted so many mails.
     *
     * @return the mails accepted by then, fewer than asked for where the time ran out
     */
    public List<ReceivedMail> awaitReceived(int count, Duration limit) throws InterruptedException {
        return log.awaitReceived(count, limit);
    }

    /** Every command line that was read, over all connections; content of mails is not among them. */
    public List<SmtpCommand> commands() {
        return log.commands();
    }

    /** Why TLS handshakes failed, as this side saw it. */
    public List<String> tlsFailures() {
        return log.tlsFailures();
    }

    /** How many connections were made since the start. */
    public int connections() {
        return log.connections();
    }

    /** Empties {@link #received}, {@link #transactions}, {@link #commands} and {@link #tlsFailures}. */
    public void forget() {
        log.forget();
    }

    private void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException | RejectedExecutionException e) {
                // Closed, or the connection was reset before it was accepted; the loop's condition tells which.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                SinkWire wire = new SinkWire(connection)) {
            connection.setTcpNoDelay(true);
            new SinkSession(wire, settings, script, log, closed).run();
        } catch (IOException e) {
            // The client broke off, or the sink is closed; what it had done by then is in the log.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    /** Stops listening and cuts every connection. */
    @Override
    public void close() {
        closed.countDown();
        listeners.forEach(SmtpSink::closeQuietly);
        connections.forEach(SmtpSink::closeQuietly);
        threads.shutdownNow();
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // A socket that cannot be closed is closed already.
        }
    }
}
