package org.mailflow.testing.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP client that does exactly what it is told, so that a test reads like the transcript of a session. An
 * expectation that is not met is an {@link AssertionError} that shows the session so far.
 *
 * <pre>{@code
 * try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", port)) {
 *     smtp.expect("220");
 *     smtp.send("EHLO client.example").expect("250");
 *     smtp.send("MAIL FROM:<a@x.test>").expect("250 2.1.0");
 *     smtp.send("RCPT TO:<v@evil.test>").expect("550 5.7.1");
 * }
 * }</pre>
 */
public final class SmtpDialogue implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> transcript = new ArrayList<>();
    private final Socket connection;
    private Socket current;
    private InputStream in;
    private @Nullable SSLSession session;

    private SmtpDialogue(Socket connection) throws IOException {
        this.connection = connection;
        this.current = connection;
        this.in = new BufferedInputStream(connection.getInputStream());
    }

    public static SmtpDialogue connect(String host, int port) throws IOException {
        return connect(new InetSocketAddress(host, port), null);
    }

    /** Connects from an address of this machine, for example 127.0.0.5. */
    public static SmtpDialogue connect(String host, int port, String from) throws IOException {
        return connect(new InetSocketAddress(host, port), new InetSocketAddress(from, 0));
    }

    private static SmtpDialogue connect(InetSocketAddress to, @Nullable InetSocketAddress from) throws IOException {
        Socket socket = new Socket();
        try {
            if (from != null) {
                socket.bind(from);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(to, (int) PATIENCE.toMillis());
            return new SmtpDialogue(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a command line; CR LF is added. */
    public SmtpDialogue send(String line) throws IOException {
        transcript.add("C: " + line);
        write((line + "\r\n").getBytes(ISO_8859_1));
        return this;
    }

    /** Sends bytes as they are, in one write. */
    public SmtpDialogue sendRaw(byte[] bytes) throws IOException {
        transcript.add("C: (" + bytes.length + " bytes) " + new String(bytes, ISO_8859_1));
        write(bytes);
        return this;
    }

    /** Reads one reply, that begins so, up to the end of a word or number. */
    public SmtpDialogue expect(String prefix) throws IOException {
        SmtpReply reply = read();
        if (!reply.startsWith(prefix)) {
            throw failure("expected a reply that begins with \"" + prefix + "\"");
        }
        return this;
    }

    /** Reads one reply that matches as a whole; its lines are separated by LF, which a dot matches. */
    public SmtpDialogue expectMatching(String regex) throws IOException {
        SmtpReply reply = read();
        if (!Pattern.compile(regex, Pattern.DOTALL).matcher(reply.text()).matches()) {
            throw failure("expected a reply that matches \"" + regex + "\"");
        }
        return this;
    }

    /** Expects that the server has closed the connection and sent nothing more. */
    public void expectClosed() throws IOException {
        String line;
        try {
            line = readLine();
        } catch (SocketException e) {
            transcript.add("S: (reset)");
            return;
        }
        if (line != null) {
            throw failure("expected the end of the connection");
        }
    }

    /** Whether the server has said something that was not read yet; in clear text only. */
    public boolean hasReply() throws IOException {
        return in.available() > 0;
    }

    /** Reads one reply, of as many lines as it has. */
    public SmtpReply read() throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = readLine();
            if (line == null) {
                throw failure("expected a reply, and the server closed the connection");
            }
            lines.add(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return new SmtpReply(lines);
            }
        }
    }

    /** Sends STARTTLS, expects 220 and shakes hands; whom to trust is for the context to know. */
    public SmtpDialogue startTls(SSLContext context) throws IOException {
        send("STARTTLS").expect("220");
        return secure(context);
    }

    /** Shakes hands now, whatever was said before. */
    public SmtpDialogue secure(SSLContext context) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory()
                .createSocket(connection, connection.getInetAddress().getHostAddress(), connection.getPort(), true);
        secured.setUseClientMode(true);
        secured.startHandshake();
        current = secured;
        in = new BufferedInputStream(secured.getInputStream());
        session = secured.getSession();
        transcript.add("C: (" + secured.getSession().getProtocol() + ")");
        return this;
    }

    /** The TLS session; empty for clear text. */
    public Optional<SSLSession> session() {
        return Optional.ofNullable(session);
    }

    /**
     * Sends a mail after EHLO, and expects every recipient to be accepted.
     *
     * @param from empty for the null sender
     * @param message dots are stuffed; CR LF is added where it does not end in one
     * @return the reply to the final dot
     */
    public SmtpReply sendMail(String from, List<String> to, byte[] message) throws IOException {
        send("MAIL FROM:<" + from + ">").expect("250");
        for (String recipient : to) {
            send("RCPT TO:<" + recipient + ">").expect("250");
        }
        return sendData(message);
    }

    /** Sends DATA, expects 354, and sends the content as {@link #sendMail} does. */
    public SmtpReply sendData(byte[] message) throws IOException {
        send("DATA").expect("354");
        sendRaw(DotStuffing.stuff(message));
        return read();
    }

    /** What was said, one entry a line, {@code C: } or {@code S: } before it. */
    public List<String> transcript() {
        return List.copyOf(transcript);
    }

    /** Drops the connection, without QUIT. */
    @Override
    public void close() throws IOException {
        try (connection) {
            current.close();
        }
    }

    private void write(byte[] bytes) throws IOException {
        current.getOutputStream().write(bytes);
        current.getOutputStream().flush();
    }

    private @Nullable String readLine() throws IOException {
        String line = LineInput.readLine(in);
        transcript.add(line == null ? "S: (closed)" : "S: " + line);
        return line;
    }

    private AssertionError failure(String text) {
        return new AssertionError(text + "; the session:\n" + String.join("\n", transcript));
    }
}
