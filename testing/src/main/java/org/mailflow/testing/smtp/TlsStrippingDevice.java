package org.mailflow.testing.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device between two mail servers that hides STARTTLS from the one that connects, as "SMTP fixup" of firewalls does: the
 * keyword becomes as many X. Everything else passes as it is.
 */
public final class TlsStrippingDevice implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(TlsStrippingDevice.class);
    private static final String KEYWORD = "STARTTLS";
    private static final int LONGEST_READ = 8192;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger hidden = new AtomicInteger();

    private TlsStrippingDevice(ServerSocket listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    /**
     * Starts a device.
     *
     * @param own where it listens, and with which address it connects; port 0 for any
     * @param server whom it hands everything on to
     * @throws IOException where it cannot listen
     */
    public static TlsStrippingDevice start(InetSocketAddress own, InetSocketAddress server) throws IOException {
        TlsStrippingDevice device =
                new TlsStrippingDevice(new ServerSocket(own.getPort(), 50, own.getAddress()), server);
        device.threads.execute(device::listen);
        return device;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** How often it has hidden the keyword. */
    public int timesHidden() {
        return hidden.get();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                threads.execute(() -> connect(client));
            } catch (IOException closed) {
                LOGGER.debug("no more connections: {}", closed.toString());
            }
        }
    }

    private void connect(Socket client) {
        InetAddress own = address().getAddress();
        try (client;
                Socket onward = new Socket(server.getAddress(), server.getPort(), own, 0)) {
            open.add(onward);
            threads.execute(() -> copy(client, onward));
            fromServer(onward, client);
        } catch (IOException ended) {
            LOGGER.debug("a connection ended: {}", ended.toString());
        } finally {
            open.remove(client);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            LOGGER.debug("a client left: {}", ended.toString());
        }
    }

    /** A server writes its capabilities in one piece. */
    private void fromServer(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[LONGEST_READ];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            String text = new String(bytes, 0, count, ISO_8859_1);
            if (text.contains(KEYWORD)) {
                hidden.incrementAndGet();
            }
            out.write(text.replace(KEYWORD, "X".repeat(KEYWORD.length())).getBytes(ISO_8859_1));
            out.flush();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
