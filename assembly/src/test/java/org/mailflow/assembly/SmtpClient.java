package org.mailflow.assembly;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Speaks SMTP line by line. */
final class SmtpClient implements AutoCloseable {
    private Socket socket;
    private BufferedReader input;

    private SmtpClient(Socket socket) throws IOException {
        this.socket = socket;
        this.input = reader(socket);
    }

    static SmtpClient connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        SmtpClient client = new SmtpClient(socket);
        client.reply();
        return client;
    }

    /** Sends a line and returns the whole reply, its lines separated by LF. */
    String say(String line) throws IOException {
        send(line + "\r\n");
        return reply();
    }

    void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Reads a reply; empty where the server closed the connection. */
    String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            reply.append(line).append('\n');
            if (line.length() < 4 || line.charAt(3) == ' ') {
                break;
            }
        }
        return reply.toString();
    }

    /** Sends a whole mail and returns the reply to its end. */
    String mail(String from, String to, String text) throws IOException {
        return mail(from, to, text, "\r\n" + text);
    }

    /** Sends a whole mail, with more header lines or the blank one behind the subject, and returns the reply to its end. */
    String mail(String from, String to, String subject, String rest) throws IOException {
        say("EHLO client.example");
        say("MAIL FROM:<" + from + ">");
        say("RCPT TO:<" + to + ">");
        say("DATA");
        return say("From: <" + from + ">\r\nTo: <" + to + ">\r\nSubject: " + subject + "\r\n" + rest + "\r\n.");
    }

    /** Starts TLS after a 220, trusting any server. */
    void startTls(KeyManager... own) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, new TrustManager[] {new Trusting()}, null);
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        secured.startHandshake();
        socket = secured;
        input = reader(secured);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
