package org.mailflow.benchmarks.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** One SMTP session of a sender with the server that is measured: without TLS, and a command at a time. */
final class Client implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int PATIENCE_MILLIS = 120_000;
    private static final byte[] END = ".\r\n".getBytes(US_ASCII);

    private final Socket socket;
    private final SmtpInput input;
    private final OutputStream output;

    private Client(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new SmtpInput(socket.getInputStream());
        this.output = socket.getOutputStream();
    }

    /**
     * Connects and says EHLO.
     *
     * @throws UnwelcomeException where the server wants no connection now
     */
    static Client connect(int port) throws IOException, UnwelcomeException {
        Socket socket = new Socket(InetAddress.getByAddress(LOOPBACK), port);
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            Client client = new Client(socket);
            client.expect('2');
            client.command("EHLO client.test", '2');
            return client;
        } catch (IOException | UnwelcomeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Submits a mail.
     *
     * @throws UnwelcomeException where the server does not take it
     */
    void send(String recipient, byte[] content) throws IOException, UnwelcomeException {
        command("MAIL FROM:<" + Senders.ADDRESS + ">", '2');
        command("RCPT TO:<" + recipient + ">", '2');
        command("DATA", '3');
        output.write(content);
        output.write(END);
        output.flush();
        expect('2');
    }

    /** Its own end of the connection. */
    int localPort() {
        return socket.getLocalPort();
    }

    private void command(String line, char wanted) throws IOException, UnwelcomeException {
        output.write((line + "\r\n").getBytes(US_ASCII));
        output.flush();
        expect(wanted);
    }

    private void expect(char wanted) throws IOException, UnwelcomeException {
        String line = input.line();
        String first = line;
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = input.line();
        }
        if (line.isEmpty() || line.charAt(0) != wanted) {
            throw new UnwelcomeException(first);
        }
    }

    /** Says QUIT and hears the answer. */
    void quit() throws IOException {
        try {
            command("QUIT", '2');
        } catch (UnwelcomeException e) {
            throw new IOException("an answer to QUIT: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
