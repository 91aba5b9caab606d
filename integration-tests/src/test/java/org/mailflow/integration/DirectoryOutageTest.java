package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** While the directory server is away mail waits, in the session and in the spool; afterwards all of it is delivered. */
@Tag("faults")
@RequiresPeer("slapd")
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class DirectoryOutageTest {

    private static final Logger LOGGER = LoggerFactory.getLogger(DirectoryOutageTest.class);
    private static final int RECIPIENTS = 200;
    private static final int SESSIONS = 20;
    /** Longer than an answer is kept in the configuration of the test. */
    private static final Duration FOUND_TTL = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("faults.outage", 10));

    private DirectoryGateway gateway;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        gateway = new DirectoryGateway(
                directory,
                IntStream.range(0, RECIPIENTS)
                        .mapToObj(DirectoryOutageTest::entry)
                        .collect(Collectors.joining()));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void noMailIsReturnedOrRefusedAndAllOfItIsDelivered() throws Exception {
        InsistentSenders senders = new InsistentSenders(
                gateway.server(), number -> TestMail.of("erin@cpandl.com", address(number % RECIPIENTS)));
        senders.start();
        await().atMost(PATIENCE).until(() -> senders.taken().size() > 50);

        gateway.slapd().stop();
        int before = senders.taken().size();
        await().pollDelay(OUTAGE).atMost(OUTAGE.plus(PATIENCE)).until(() -> true);
        CommandRun outage =
                gateway.server().webAdmin().command("status", "--certificate-days", "0,0", "--disk-free", "0,0");
        gateway.slapd().start();
        int during = senders.refusedForNow();
        await().atMost(PATIENCE).until(() -> senders.taken().size() > before + 50);
        senders.finish();

        Set<String> taken = senders.taken().stream().map(TestMail::messageId).collect(Collectors.toSet());
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> arrived()
                .containsAll(taken));
        List<MailEvent> failed = gateway.server().events(event -> event.type() == MailEvent.Type.FAILED);
        List<MailEvent> waited = gateway.server().events(event -> event.type() == MailEvent.Type.DEFERRED);
        LOGGER.info(
                "directory server away for {} s: {} mails taken, {} answers 4xx, {} waits in the spool, {} answers 5xx,"
                        + " {} bounces, {} delivered",
                OUTAGE.toSeconds(),
                taken.size(),
                senders.refusedForNow(),
                waited.size(),
                senders.refused().size(),
                failed.size(),
                arrived().size());
        assertThat(outage.exitCode()).as(outage.out()).isEqualTo(1);
        assertThat(outage.out()).contains("health check Mailflow recipient directories: ldap.contoso.corp: ");
        assertThat(senders.refused()).isEmpty();
        assertThat(failed).isEmpty();
        assertThat(during).isPositive();
        assertThat(gateway.mailboxes().received())
                .hasSize(taken.size())
                .allSatisfy(mail -> assertThat(mail.content().header("From")).contains("erin@cpandl.com"));
    }

    /** Recipients that were found at RCPT, and that nobody can be asked about when their mails are routed. */
    @Test
    void mailThatWasTakenWaitsInTheSpool() throws Exception {
        List<TestMail> mails = IntStream.range(0, SESSIONS)
                .mapToObj(number -> TestMail.of("erin@cpandl.com", address(number)))
                .toList();
        List<SmtpDialogue> sessions = new ArrayList<>();
        try {
            for (TestMail mail : mails) {
                SmtpDialogue smtp = gateway.server().connect("127.0.0.9");
                sessions.add(smtp);
                smtp.send("MAIL FROM:<" + mail.sender() + ">").expect("250");
                smtp.send("RCPT TO:<" + mail.recipients().get(0) + ">").expect("250");
            }
            await().pollDelay(FOUND_TTL).atMost(PATIENCE).until(() -> true);
            gateway.slapd().stop();
            for (int i = 0; i < SESSIONS; i++) {
                sessions.get(i).send("DATA").expect("354");
                sessions.get(i).sendRaw(mails.get(i).content()).send(".").expect("250");
            }
        } finally {
            for (SmtpDialogue smtp : sessions) {
                smtp.close();
            }
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails)
                .allSatisfy(mail -> assertThat(gateway.server().eventsOf(mail))
                        .anyMatch(event -> event.type() == MailEvent.Type.DEFERRED)));
        assertThat(gateway.mailboxes().received()).isEmpty();

        gateway.slapd().start();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails)
                .allSatisfy(mail -> assertThat(mail.at(gateway.mailboxes())).hasSize(1)));
        assertThat(gateway.server().events(event -> event.type() == MailEvent.Type.FAILED))
                .isEmpty();
    }

    private Set<String> arrived() {
        return gateway.mailboxes().received().stream()
                .flatMap(mail -> mail.content().header("Message-ID").stream())
                .collect(Collectors.toSet());
    }

    private static String address(int number) {
        return "user" + number + "@contoso.com";
    }

    private static String entry(int number) {
        return """
                dn: cn=User %1$d,dc=contoso,dc=com
                objectClass: inetOrgPerson
                objectClass: mailRecipient
                cn: User %1$d
                sn: %1$d
                mail: user%1$d@contoso.com
                proxyAddresses: SMTP:user%1$d@contoso.com

                """
                .formatted(number);
    }
}
