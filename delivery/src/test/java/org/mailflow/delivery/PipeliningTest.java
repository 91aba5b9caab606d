package org.mailflow.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailflow.core.event.MailEvent;
import org.mailflow.james.SampleConnector;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;

/** The envelope goes in as few turns as the host allows (RFC 2920). */
class PipeliningTest {

    private static final int RECIPIENTS = 120;

    private final Lab lab = new Lab();

    @AfterEach
    void close() {
        lab.close();
    }

    private static String[] recipients(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "bob" + i + "@fabrikam.com")
                .toArray(String[]::new);
    }

    private void start(int port) throws Exception {
        lab.outbound(SampleConnector.named("Fabrikam").smartHosts("[127.0.0.1]:" + port));
        lab.start();
    }

    @Test
    void senderAndRecipientsAreSaidBeforeTheHostAnswers() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<List<String>> heard = CompletableFuture.supplyAsync(() -> answerTogether(listener, 4));
            start(listener.getLocalPort());

            lab.send("Fabrikam", recipients(3));

            lab.await(MailEvent.Type.DELIVERED, 1);
            assertThat(heard.get()).first().asString().startsWith("MAIL FROM:<sender@contoso.com>");
            assertThat(heard.get()).hasSize(4);
        }
    }

    /** Answers the first commands behind EHLO when it has all of them: a client that waits for each would wait for ever. */
    private static List<String> answerTogether(ServerSocket listener, int count) {
        List<String> heard = new ArrayList<>();
        try (Socket socket = listener.accept();
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                OutputStream out = socket.getOutputStream()) {
            out.write("220 host\r\n".getBytes(US_ASCII));
            in.readLine();
            out.write("250-host\r\n250 PIPELINING\r\n".getBytes(US_ASCII));
            for (int i = 0; i < count; i++) {
                heard.add(in.readLine());
            }
            out.write("250 2.1.0 ok\r\n".repeat(count).getBytes(US_ASCII));
            in.readLine();
            out.write("354 go\r\n".getBytes(US_ASCII));
            for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                assertThat(line).isNotNull();
            }
            out.write("250 2.0.0 taken\r\n".getBytes(US_ASCII));
            in.readLine();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return heard;
    }

    @Test
    void everyRecipientHasTheReplyThatWasMeantForHim() throws Exception {
        try (SmtpSink host = SmtpSink.start()) {
            host.on(SmtpStage.RCPT).containing("<bob7@").times(1).reply("550 5.1.1 no such bob7");
            host.on(SmtpStage.RCPT).containing("<bob99@").times(1).reply("450 4.2.1 bob99 later");
            start(host.port());

            lab.send("Fabrikam", recipients(RECIPIENTS));

            assertThat(lab.await(MailEvent.Type.FAILED, 1).get(0)).satisfies(failed -> {
                assertThat(failed.recipients()).containsExactly("bob7@fabrikam.com");
                assertThat(failed.reply().orElse("")).contains("no such bob7");
            });
            assertThat(lab.await(MailEvent.Type.DEFERRED, 1).get(0).recipients())
                    .containsExactly("bob99@fabrikam.com");
            assertThat(host.received().get(0).recipientAddresses())
                    .hasSize(RECIPIENTS - 2)
                    .doesNotContain("bob7@fabrikam.com", "bob99@fabrikam.com");
        }
    }

    @Test
    void aHostThatRefusesTheSenderRefusesAllRecipients() throws Exception {
        try (SmtpSink host = SmtpSink.start()) {
            host.on(SmtpStage.MAIL).reply("550 5.7.1 not from you");
            start(host.port());

            lab.send("Fabrikam", recipients(3));

            assertThat(lab.await(MailEvent.Type.FAILED, 1).get(0).recipients()).hasSize(3);
            assertThat(host.received()).isEmpty();
        }
    }

    @Test
    void aHostWithoutPipeliningHearsOneCommandAtATime() throws Exception {
        try (SmtpSink host = SmtpSink.builder().capabilities("8BITMIME").start()) {
            start(host.port());

            lab.send("Fabrikam", recipients(3));

            lab.await(MailEvent.Type.DELIVERED, 1);
            assertThat(host.received().get(0).recipientAddresses()).hasSize(3);
        }
    }
}
