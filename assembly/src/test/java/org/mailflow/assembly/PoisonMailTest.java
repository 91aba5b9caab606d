package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailflow.assembly.PoisonedServer.PATIENCE;
import static org.mailflow.assembly.PoisonedServer.TRIES;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.event.MailEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mail that breaks matchers and mailets is set aside, and stops nobody. */
@Tag("faults")
class PoisonMailTest {
    private static final Logger LOGGER = LoggerFactory.getLogger(PoisonMailTest.class);

    private static final String SENDER = "bob@fabrikam.example";
    private static final String MATCHER =
            "<mailet match=\"org.mailflow.assembly.FaultyMailet$Matcher\" class=\"org.mailflow.assembly.FaultyMailet\">"
                    + "<onMailetException>propagate</onMailetException></mailet>";
    /** A mail whose parts break what takes them apart, where anything does. */
    private static final String NESTED = "nested";

    private static final List<String> KINDS =
            List.of("overflow", "memory", "class", "exception", "runtime", "recipients", "matcher", NESTED);
    private static final int GOOD = 100;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Profile faults asks for 300; each kind is among the first eight. */
    private final int poison = Integer.getInteger("faults.poison", 60);

    @Test
    void ahundredGoodMailsAreDeliveredWithinAMinuteBehindTheBadOnes(@TempDir Path directory) throws Exception {
        PoisonedServer.prepare(directory, MATCHER);
        int faults = (int) IntStream.range(0, poison)
                .filter(number -> !kind(number).equals(NESTED))
                .count();
        try (MailflowServer server = TestServer.start(directory)) {
            Instant begin = send(server);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptionsMatching(ImapClient::isUnsettled)
                    .until(() -> delivered(server, "good") >= GOOD);
            Duration taken = Duration.between(begin, Instant.now());
            LOGGER.info("{} good mails behind {} bad ones: {} ms", GOOD, poison, taken.toMillis());

            assertThat(taken).isLessThan(LIMIT);
            await().atMost(PATIENCE)
                    .until(() -> PoisonedServer.setAside(server).size() + delivered(server, NESTED) >= poison);
            List<Mail> aside = PoisonedServer.setAside(server);
            assertThat(aside).hasSizeGreaterThanOrEqualTo(faults).allSatisfy(mail -> {
                assertThat(mail.getRecipients()).hasSize(1);
                assertThat(mail.getState()).isEqualTo("root");
                assertThat(text(mail, "org.mailflow.poison.reason")).isNotEmpty();
                assertThat(text(mail, "org.mailflow.poison.tries")).isEqualTo(Integer.toString(TRIES));
            });
            assertThat(aside.stream().filter(mail -> text(mail, "org.mailflow.poison.place")
                            .contains("Faulty")))
                    .hasSize(faults);
            assertThat(delivered(server, "good")).isEqualTo(GOOD);
            assertThat(PoisonedServer.events(directory, MailEvent.Type.SET_ASIDE))
                    .hasSize(aside.size());
            assertThat(PoisonedServer.events(directory, MailEvent.Type.DEFERRED))
                    .hasSize(aside.size() * (TRIES - 1));
        }
    }

    private Instant send(MailflowServer server) throws IOException {
        try (SmtpClient client = SmtpClient.connect(server.smtpPorts().get(0))) {
            for (int i = 0; i < poison; i++) {
                String content = kind(i).equals(NESTED) ? nested(2_000) : "\r\ntext";
                assertThat(client.mail(SENDER, TestServer.USER, kind(i) + " " + i, content))
                        .startsWith("250");
            }
            Instant begin = Instant.now();
            for (int i = 0; i < GOOD; i++) {
                assertThat(client.mail(SENDER, TestServer.USER, "good " + i)).startsWith("250");
            }
            return begin;
        }
    }

    private static String kind(int number) {
        return KINDS.get(number % KINDS.size());
    }

    private static String nested(int parts) {
        return IntStream.range(0, parts)
                .mapToObj(i -> "Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n")
                .collect(Collectors.joining("", "", "\r\ntext"));
    }

    private static long delivered(MailflowServer server, String kind) throws Exception {
        return ImapClient.subjects(server).stream()
                .filter(subject -> subject.startsWith(kind))
                .count();
    }

    @Test
    void aHealthyBranchHasOneCopyWhileItsSisterIsTriedAgain(@TempDir Path directory) throws Exception {
        PoisonedServer.prepare(
                directory,
                "<mailet match=\"RecipientIs=held@contoso.example\" class=\"org.mailflow.assembly.FaultyMailet\"/>");
        try (MailflowServer server = TestServer.start(directory)) {
            try (SmtpClient client = SmtpClient.connect(server.smtpPorts().get(0))) {
                client.say("EHLO client.example");
                client.say("MAIL FROM:<" + SENDER + ">");
                client.say("RCPT TO:<" + TestServer.USER + ">");
                assertThat(client.say("RCPT TO:<held@contoso.example>")).startsWith("250");
                client.say("DATA");
                assertThat(client.say("Subject: class\r\n\r\ntext\r\n.")).startsWith("250");
            }

            List<Mail> aside = PoisonedServer.awaitSetAside(server, 1);

            assertThat(aside).singleElement().satisfies(mail -> assertThat(mail.getRecipients())
                    .singleElement()
                    .hasToString("held@contoso.example"));
            await().atMost(PATIENCE)
                    .ignoreExceptionsMatching(ImapClient::isUnsettled)
                    .untilAsserted(() -> assertThat(ImapClient.subjects(server)).containsExactly("class"));
            assertThat(spool(server).getSize()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH | /mailRepositories/var%2Fmail%2Fpoison/mails?action=reprocess&queue=spool |",
                "POST  | /mailflow/repositories/replay | {\"repository\":\"poison\",\"all\":true}",
            })
    void whatWasSetAsideIsDeliveredWhenItIsSentAgainToAServerThatWasMended(
            String method, String path, @Nullable String body, @TempDir Path directory) throws Exception {
        ServerDirectories directories = PoisonedServer.prepare(directory, MATCHER);
        try (MailflowServer server = TestServer.start(directory);
                SmtpClient client = SmtpClient.connect(server.smtpPorts().get(0))) {
            assertThat(client.mail(SENDER, TestServer.USER, "class")).startsWith("250");
            PoisonedServer.awaitSetAside(server, 1);
        }
        PoisonedServer.replace(directories, "mailetcontainer.xml", MATCHER, "");

        try (MailflowServer mended = TestServer.start(directory)) {
            PoisonedServer.administer(directory, mended, method, path, body == null ? "" : body);

            await().atMost(PATIENCE)
                    .ignoreExceptionsMatching(ImapClient::isUnsettled)
                    .untilAsserted(() -> assertThat(ImapClient.subjects(mended)).containsExactly("class"));
            await().atMost(PATIENCE).until(() -> PoisonedServer.setAside(mended).isEmpty());
        }
    }

    @Test
    void whatIsSentAgainToAServerThatWasNotMendedHasAllItsTriesAnew(@TempDir Path directory) throws Exception {
        PoisonedServer.prepare(directory, MATCHER);
        try (MailflowServer server = TestServer.start(directory);
                SmtpClient client = SmtpClient.connect(server.smtpPorts().get(0))) {
            assertThat(client.mail(SENDER, TestServer.USER, "class")).startsWith("250");
            PoisonedServer.awaitSetAside(server, 1);

            PoisonedServer.administer(
                    directory,
                    server,
                    "POST",
                    "/mailflow/repositories/replay",
                    "{\"repository\":\"poison\",\"all\":true}");

            await().atMost(PATIENCE)
                    .until(() -> PoisonedServer.events(directory, MailEvent.Type.SET_ASIDE)
                                    .size()
                            == 2);
            assertThat(PoisonedServer.events(directory, MailEvent.Type.DEFERRED))
                    .hasSize(2 * (TRIES - 1));
            assertThat(PoisonedServer.setAside(server)).hasSize(1);
        }
    }

    @Test
    void twoThousandNestedPartsAreNotLostWhereTheLimitIsRaised(@TempDir Path directory) throws Exception {
        PoisonedServer.prepare(directory, MATCHER);
        try (MailflowServer server = TestServer.start(directory);
                SmtpClient client = SmtpClient.connect(server.smtpPorts().get(0))) {
            assertThat(client.mail(SENDER, TestServer.USER, NESTED, nested(2_000)))
                    .startsWith("250");
            assertThat(client.mail(SENDER, TestServer.USER, "good")).startsWith("250");

            await().atMost(PATIENCE)
                    .ignoreExceptionsMatching(ImapClient::isUnsettled)
                    .untilAsserted(() -> assertThat(ImapClient.subjects(server).size()
                                    + PoisonedServer.setAside(server).size())
                            .isEqualTo(2));
            assertThat(ImapClient.subjects(server)).contains("good");
        }
    }

    private static ManageableMailQueue spool(MailflowServer server) {
        return server.get(SpoolQueue.class).queue();
    }

    private static String text(Mail mail, String attribute) {
        return mail.getAttribute(AttributeName.of(attribute))
                .map(Attribute::getValue)
                .map(value -> value.value().toString())
                .orElse("");
    }
}
