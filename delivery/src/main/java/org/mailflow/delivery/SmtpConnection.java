package org.mailflow.delivery;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocket;

/** Lines out, replies in (RFC 5321, 4.2.1), each within its time. Used by one thread at a time. */
final class SmtpConnection implements AutoCloseable {

    private static final int MAX_LINE = 4_096;
    private static final int MAX_LINES = 200;
    private static final int CHUNK = 16_384;

    private final Socket socket;
    private final Watchdog watchdog;
    private final Timeouts timeouts;
    private InputStream in;
    private OutputStream out;
    private List<String> lastLines = List.of();

    SmtpConnection(Socket socket, Timeouts timeouts, ScheduledExecutorService timer) throws IOException {
        this.socket = socket;
        this.timeouts = timeouts;
        this.watchdog = new Watchdog(timer, socket);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = watched(socket.getOutputStream());
    }

    private OutputStream watched(OutputStream to) {
        OutputStream chunks = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                watchdog.arm(timeouts.chunk());
                to.write(bytes, offset, length);
                watchdog.close();
            }

            @Override
            public void flush() throws IOException {
                to.flush();
            }
        };
        return new BufferedOutputStream(chunks, CHUNK);
    }

    Socket socket() {
        return socket;
    }

    /** Sends a command and reads its reply. */
    SmtpReply command(String line) throws IOException {
        send(List.of(line));
        return reply();
    }

    /** Sends commands in one go (RFC 2920); the reply to each is then to be read. */
    void send(List<String> commands) throws IOException {
        for (String line : commands) {
            if (line.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
                throw new IOException("a command with a control character in it is not sent");
            }
        }
        try {
            out.write((String.join("\r\n", commands) + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw timeOut(e);
        }
    }

    /** Reads the reply to the oldest command that has none yet. */
    SmtpReply reply() throws IOException {
        return reply(timeouts.command());
    }

    /** Reads a reply that no command asked for: the greeting. */
    SmtpReply greeting() throws IOException {
        return reply();
    }

    /** The lines of the last reply, without its code. */
    List<String> lastLines() {
        return lastLines;
    }

    /** Where content goes; end it with {@link #endContent}. */
    OutputStream content() {
        return out;
    }

    /** Reads the reply to the content. */
    SmtpReply endContent() throws IOException {
        return reply(timeouts.finalReply());
    }

    private SmtpReply reply(Duration limit) throws IOException {
        watchdog.arm(limit);
        try {
            return read();
        } catch (IOException e) {
            throw timeOut(e);
        } finally {
            watchdog.close();
        }
    }

    /** A handshake counts as a command; its socket takes over, and what came before it is void. */
    void secure(SSLSocket secured) throws IOException {
        if (in.available() > 0) {
            throw new IOException("the host sent more than the reply to STARTTLS before the handshake");
        }
        watchdog.arm(timeouts.command());
        try {
            secured.startHandshake();
            in = new BufferedInputStream(secured.getInputStream());
            out = watched(secured.getOutputStream());
        } catch (IOException e) {
            throw timeOut(e);
        } finally {
            watchdog.close();
        }
    }

    private IOException timeOut(IOException e) {
        if (!watchdog.hasBitten()) {
            return e;
        }
        SocketTimeoutException tooLong = new SocketTimeoutException("the host took too long");
        tooLong.initCause(e);
        return tooLong;
    }

    private SmtpReply read() throws IOException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < MAX_LINES) {
            String line = readLine();
            if (!line.matches("[2-5][0-9][0-9]([ -].*)?")) {
                throw new IOException("the host answered something that is no SMTP reply");
            }
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) == ' ') {
                lastLines = List.copyOf(lines);
                return SmtpReply.of(Integer.parseInt(line.substring(0, 3)), lines);
            }
        }
        throw new IOException("the host's reply has too many lines");
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < MAX_LINE) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the host closed the connection");
            }
            if (b == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(b);
        }
        throw new IOException("the host's reply has a line that is too long");
    }

    /** Says farewell and closes the connection; one in which something is half said is closed already. */
    void leave() {
        if (!socket.isClosed()) {
            try {
                out.write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            } catch (IOException e) {
                // Whoever does not listen any more needs no farewell.
            }
        }
        close();
    }

    /** Cuts the connection; nothing that is still buffered is sent. */
    @Override
    public void close() {
        watchdog.close();
        try {
            socket.close();
        } catch (IOException e) {
            // A socket that cannot be closed is closed already.
        }
    }
}
