package org.mailflow.benchmarks.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection to a sink. Replies to pipelined commands leave together. */
final class SinkSession {

    private static final String NAME = "sink.test";

    private final SinkSettings settings;
    private final Conduct conduct;
    private final Arrivals arrivals;
    private final SmtpInput input;
    private final StringBuilder replies = new StringBuilder();
    private final List<MailNumber> mails = new ArrayList<>();
    private Socket socket;
    private OutputStream output;
    private boolean encrypted;

    SinkSession(Socket socket, SinkSettings settings, Conduct conduct, Arrivals arrivals) throws IOException {
        this.socket = socket;
        this.settings = settings;
        this.conduct = conduct;
        this.arrivals = arrivals;
        this.input = new SmtpInput(socket.getInputStream());
        this.output = socket.getOutputStream();
    }

    /** Talks with the client until it goes. */
    void serve() throws IOException {
        if (conduct == Conduct.SILENT) {
            while (socket.getInputStream().read() >= 0) {
                // A client that loses its patience closes the connection.
            }
            return;
        }
        reply("220 " + NAME + " ESMTP");
        boolean goesOn = true;
        while (goesOn) {
            if (!input.hasMore()) {
                flush();
            }
            goesOn = answer(input.line());
        }
        flush();
    }

    private boolean answer(String command) throws IOException {
        switch (verb(command)) {
            case "EHLO" -> reply(capabilities());
            case "HELO", "RSET", "NOOP" -> {
                mails.clear();
                reply("250 2.0.0 Ok");
            }
            case "MAIL" -> reply("250 2.1.0 Ok");
            case "RCPT" -> {
                MailNumber.ofRecipient(command).ifPresent(mails::add);
                reply("250 2.1.5 Ok");
            }
            case "DATA" -> data();
            case "STARTTLS" -> startTls();
            case "QUIT" -> {
                reply("221 2.0.0 Bye");
                return false;
            }
            default -> reply("502 5.5.2 What?");
        }
        return true;
    }

    private static String verb(String command) {
        int end = command.indexOf(' ');
        return (end < 0 ? command : command.substring(0, end)).toUpperCase(Locale.ROOT);
    }

    private String capabilities() {
        String offer = "250-" + NAME + "\r\n250-PIPELINING\r\n250-SIZE 50000000\r\n250-8BITMIME\r\n";
        return offer + (settings.tls() != null && !encrypted ? "250-STARTTLS\r\n" : "") + "250 ENHANCEDSTATUSCODES";
    }

    private void data() throws IOException {
        reply("354 Go on");
        flush();
        int octets = input.content();
        if (!settings.pause().isZero()) {
            pause(settings.pause().toNanos());
        }
        for (MailNumber mail : mails) {
            arrivals.arrive(mail, octets);
        }
        mails.clear();
        reply("250 2.0.0 Taken");
    }

    private void startTls() throws IOException {
        SSLContext tls = settings.tls();
        if (tls == null || encrypted) {
            reply("502 5.5.1 Not here");
            return;
        }
        reply("220 2.0.0 Go on");
        flush();
        SSLSocket secure = (SSLSocket) tls.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        socket = secure;
        encrypted = true;
        output = secure.getOutputStream();
        input.replace(secure.getInputStream());
    }

    private void reply(String text) {
        replies.append(text).append("\r\n");
    }

    private void flush() throws IOException {
        if (replies.length() == 0) {
            return;
        }
        byte[] octets = replies.toString().getBytes(US_ASCII);
        replies.setLength(0);
        if (conduct == Conduct.DRIPPING) {
            for (byte octet : octets) {
                pause(TimeUnit.SECONDS.toNanos(1));
                output.write(octet);
                output.flush();
            }
        } else {
            output.write(octets);
            output.flush();
        }
    }

    private static void pause(long nanos) throws IOException {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new IOException("the sink is closed");
            }
        }
    }
}
