package org.mailflow.testing.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** One port, open for UDP and TCP, and the threads that serve it until it is closed. */
final class DnsListeners implements AutoCloseable {
    private static final int BIND_ATTEMPTS = 20;
    private static final int IDLE_MILLIS = 30_000;

    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final DnsResponder responder;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "loopback-dns");
        thread.setDaemon(true);
        return thread;
    });

    private DnsListeners(ServerSocket tcp, DatagramSocket udp, DnsResponder responder) {
        this.tcp = tcp;
        this.udp = udp;
        this.responder = responder;
    }

    /** Opens a port for both protocols; 0 for one that is free: one that is free for TCP may be taken for UDP. */
    static DnsListeners open(InetAddress address, int port, DnsResponder responder) throws IOException {
        BindException last = new BindException("no port tried");
        for (int i = 0; i < BIND_ATTEMPTS; i++) {
            ServerSocket tcp = new ServerSocket(port, 50, address);
            try {
                DnsListeners listeners =
                        new DnsListeners(tcp, new DatagramSocket(tcp.getLocalPort(), address), responder);
                listeners.threads.execute(listeners::serveUdp);
                listeners.threads.execute(listeners::acceptTcp);
                return listeners;
            } catch (BindException e) {
                tcp.close();
                last = e;
            }
        }
        throw last;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) tcp.getLocalSocketAddress();
    }

    private void serveUdp() {
        byte[] buffer = new byte[65_535];
        while (!udp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                udp.receive(packet);
                Optional<byte[]> response = responder.respond(Arrays.copyOf(buffer, packet.getLength()), false);
                if (response.isPresent()) {
                    udp.send(new DatagramPacket(response.get(), response.get().length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or this client is gone; the loop's condition tells which.
            }
        }
    }

    private void acceptTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket connection = tcp.accept();
                connections.add(connection);
                threads.execute(() -> serveTcp(connection));
            } catch (IOException | RejectedExecutionException e) {
                // Closed, or the connection was reset before it was accepted; the loop's condition tells which.
            }
        }
    }

    private void serveTcp(Socket connection) {
        try (connection) {
            connection.setSoTimeout(IDLE_MILLIS);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            while (true) {
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                Optional<byte[]> response = responder.respond(query, true);
                if (response.isPresent()) {
                    byte[] framed = new byte[response.get().length + 2];
                    framed[0] = (byte) (response.get().length >>> 8);
                    framed[1] = (byte) response.get().length;
                    System.arraycopy(response.get(), 0, framed, 2, response.get().length);
                    out.write(framed);
                }
            }
        } catch (IOException e) {
            // The client has all it wanted, or idled, or the server is closed: nothing is owed to anybody.
            return;
        } finally {
            connections.remove(connection);
        }
    }

    @Override
    public void close() {
        udp.close();
        closeQuietly(tcp);
        connections.forEach(DnsListeners::closeQuietly);
        threads.shutdownNow();
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // A socket that cannot be closed is closed already.
            return;
        }
    }
}
