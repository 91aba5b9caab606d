package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.io.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * A smart host on a port of 127.0.0.1 that takes any mail, tells of it, and forgets it. A thread for each connection. It can
 * go down and come back to the same port, and treat its clients badly.
 */
final class Sink implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 1_000;

    private final SinkSettings settings;
    private final Arrivals arrivals;
    private final int port;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sink");
        thread.setDaemon(true);
        return thread;
    });

    private volatile Conduct conduct = Conduct.WELL;
    private @Nullable ServerSocket listener;

    private Sink(SinkSettings settings, Arrivals arrivals, ServerSocket listener) {
        this.settings = settings;
        this.arrivals = arrivals;
        this.port = listener.getLocalPort();
        this.listener = listener;
        threads.execute(() -> accept(listener));
    }

    static Sink start(SinkSettings settings, Arrivals arrivals) throws IOException {
        return new Sink(settings, arrivals, listen(0));
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
        return listener;
    }

    int port() {
        return port;
    }

    Conduct conduct() {
        return conduct;
    }

    /** Changes how it treats clients; those it has are cut off. */
    void conduct(Conduct next) {
        conduct = next;
        disconnect();
    }

    /** Refuses connections from now on, and cuts off those it has. */
    synchronized void goDown() throws IOException {
        if (listener != null) {
            listener.close();
            listener = null;
        }
        disconnect();
    }

    /** Takes connections again, on the same port. */
    synchronized void comeUp() throws IOException {
        if (listener == null) {
            ServerSocket again = listen(port);
            listener = again;
            threads.execute(() -> accept(again));
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket socket = from.accept();
                connections.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!from.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new SinkSession(socket, settings, conduct, arrivals).serve();
        } catch (IOException e) {
            // The client has gone, or this sink cut it off: whatever mail was under way, nobody was told of it.
            return;
        } finally {
            connections.remove(socket);
        }
    }

    private void disconnect() {
        for (Socket socket : connections) {
            IOUtils.closeQuietly(socket);
        }
    }

    @Override
    public void close() throws IOException {
        goDown();
        threads.shutdownNow();
    }
}
