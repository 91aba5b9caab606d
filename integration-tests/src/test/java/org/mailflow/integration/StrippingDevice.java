package org.mailflow.integration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;

/** A device before a server, which hands on what comes, by TLS on both sides, but for the header field of loop detection. */
final class StrippingDevice implements AutoCloseable {

    private static final Duration LISTENING = Duration.ofMillis(200);
    private static final String FIELD = "X-Mailflow-Loop:";

    private final SmtpSink in;
    private final SSLContext tls;
    private final int port;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private volatile boolean open = true;

    /**
     * A device.
     *
     * @param in where it takes mail
     * @param tls how it shows itself to the server
     * @param port of the server
     */
    StrippingDevice(SmtpSink in, SSLContext tls, int port) {
        this.in = in;
        this.tls = tls;
        this.port = port;
        thread.execute(this::work);
    }

    private void work() {
        int done = 0;
        try {
            while (open) {
                List<ReceivedMail> mails = in.awaitReceived(done + 1, LISTENING);
                while (done < mails.size()) {
                    handOn(mails.get(done));
                    done++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOn(ReceivedMail mail) throws IOException {
        try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", port)) {
            smtp.expect("220").send("EHLO device.test").expect("250");
            smtp.startTls(tls).send("EHLO device.test").expect("250");
            smtp.sendMail(
                    mail.sender().address(),
                    mail.recipientAddresses(),
                    without(mail.content().bytes()));
        }
    }

    /** Its own Received field, and the mail without the marks and their folded lines. */
    private static byte[] without(byte[] mail) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        kept.writeBytes("Received: from a server by device.test; Mon, 5 Jan 2026 10:00:00 +0000\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        boolean removed = false;
        List<String> lines =
                new String(mail, StandardCharsets.ISO_8859_1).lines().toList();
        for (String line : lines) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            removed = folded ? removed : line.regionMatches(true, 0, FIELD, 0, FIELD.length());
            if (!removed) {
                kept.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return kept.toByteArray();
    }

    @Override
    public void close() {
        open = false;
        thread.shutdownNow();
    }
}
