package org.mailflow.testing.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Lines, content and replies over one connection, clear at first and perhaps encrypted later. */
final class SinkWire implements AutoCloseable {
    private final Socket connection;
    private Socket current;
    private InputStream in;

    SinkWire(Socket connection) throws IOException {
        this.connection = connection;
        this.current = connection;
        this.in = new BufferedInputStream(connection.getInputStream());
    }

    InetSocketAddress client() {
        return (InetSocketAddress) connection.getRemoteSocketAddress();
    }

    InetSocketAddress server() {
        return (InetSocketAddress) connection.getLocalSocketAddress();
    }

    @Nullable
    String readLine() throws IOException {
        return LineInput.readLine(in);
    }

    byte[] readContent() throws IOException {
        return DotStuffing.unstuff(in);
    }

    void write(String reply) throws IOException {
        current.getOutputStream().write((reply + "\r\n").getBytes(ISO_8859_1));
        current.getOutputStream().flush();
    }

    /** Whether the client sent more before it was its turn: after STARTTLS that would be injected text. */
    boolean hasUnread() throws IOException {
        return in.available() > 0;
    }

    TlsPeer secure(SinkTls tls) throws IOException {
        SSLSocket secured = tls.accept(connection);
        current = secured;
        in = new BufferedInputStream(secured.getInputStream());
        return TlsPeer.of(secured.getSession());
    }

    @Override
    public void close() throws IOException {
        try (connection) {
            current.close();
        }
    }
}
