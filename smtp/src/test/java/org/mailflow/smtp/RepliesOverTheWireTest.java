package org.mailflow.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.Premises;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** Every reply of core's, as a client reads it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepliesOverTheWireTest {

    private static final int MANY_HOPS = 31;

    private SmtpServerUnderTest onPremises;
    private SmtpServerUnderTest cloud;

    @BeforeAll
    void start() throws Exception {
        onPremises = server(Premises.ON_PREMISES);
        cloud = server(Premises.CLOUD);
    }

    @AfterAll
    void stop() {
        onPremises.close();
        cloud.close();
    }

    @BeforeEach
    void forget() throws Exception {
        for (SmtpServerUnderTest server : List.of(onPremises, cloud)) {
            server.events().clear();
            server.clearSpool();
        }
    }

    private static SmtpServerUnderTest server(Premises premises) throws Exception {
        SmtpServerUnderTest server = SmtpServerUnderTest.builder(
                        Organizations.mailflow(premises, Certificates.AUTHORITY.certificate()), Certificates.SERVER)
                .with("auth.announce", "always")
                .start();
        server.addUser("chris@contoso.com", "secret");
        return server;
    }

    @FunctionalInterface
    interface Dialogue {
        SmtpReply lastReply(SmtpServerUnderTest server) throws IOException;
    }

    record Case(String constant, Reply reply, boolean inCloud, Dialogue dialogue) {
        @Override
        public String toString() {
            return constant + ": " + reply;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "RELAY_ACCESS_DENIED",
                        Reply.RELAY_ACCESS_DENIED,
                        true,
                        recipient(Organizations.STRANGER, "a@x.test", "v@evil.test")),
                new Case(
                        "UNABLE_TO_RELAY",
                        Reply.UNABLE_TO_RELAY,
                        false,
                        recipient(Organizations.STRANGER, "a@x.test", "v@evil.test")),
                new Case(
                        "TENANT_ATTRIBUTION",
                        Reply.TENANT_ATTRIBUTION,
                        false,
                        recipients(Organizations.PRINTER, "a@x.test", "chris@contoso.com", "v@evil.test")),
                new Case(
                        "PARTNER_RESTRICTION",
                        Reply.PARTNER_RESTRICTION,
                        false,
                        recipient(Organizations.STRANGER, "a@woodgrove.com", "chris@contoso.com")),
                new Case(
                        "STARTTLS_REQUIRED",
                        Reply.STARTTLS_REQUIRED,
                        false,
                        recipient(Organizations.STRANGER, "a@fabrikam.com", "chris@contoso.com")),
                new Case(
                        "DIRECT_SEND",
                        Reply.DIRECT_SEND,
                        true,
                        recipient(Organizations.STRANGER, "ceo@northwind.com", "a@northwind.com")),
                new Case(
                        "RECIPIENT_REJECTED",
                        Reply.RECIPIENT_REJECTED,
                        true,
                        recipient(Organizations.STRANGER, "a@x.test", "nobody@contoso.com")),
                new Case(
                        "DIRECTORY_UNAVAILABLE",
                        Reply.DIRECTORY_UNAVAILABLE,
                        true,
                        recipient(Organizations.STRANGER, "a@x.test", "flaky@contoso.com")),
                new Case("SEND_AS_DENIED", Reply.SEND_AS_DENIED, false, RepliesOverTheWireTest::sendAsAnother),
                new Case(
                        "SEPARATE_TRANSACTION",
                        Reply.SEPARATE_TRANSACTION,
                        false,
                        recipients(Organizations.SHARED, "", "chris@contoso.com", "anna@fourthcoffee.com")),
                new Case("blocked", Reply.blocked(Organizations.BLOCKED), false, server -> {
                    try (SmtpDialogue smtp = server.connect(Organizations.BLOCKED)) {
                        return smtp.send("MAIL FROM:<a@x.test>").read();
                    }
                }),
                new Case("HOP_COUNT_EXCEEDED", Reply.HOP_COUNT_EXCEEDED, false, hops(MANY_HOPS)),
                new Case("NO_AUTHOR", Reply.NO_AUTHOR, true, message("Subject: from nobody", "", "Hello.")),
                new Case("HOP_COUNT_EXCEEDED_IN_CLOUD", Reply.HOP_COUNT_EXCEEDED_IN_CLOUD, true, hops(21)),
                new Case(
                        "ROUTED_ADDRESS",
                        Reply.ROUTED_ADDRESS,
                        false,
                        recipient(Organizations.STRANGER, "a@x.test", "v%evil.test@contoso.com")),
                new Case("BAD_SENDER", Reply.BAD_SENDER, false, server -> {
                    try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
                        return smtp.send("MAIL FROM:<a@[192.0.2.1]>").read();
                    }
                }),
                new Case(
                        "BAD_RECIPIENT",
                        Reply.BAD_RECIPIENT,
                        false,
                        recipient(Organizations.STRANGER, "a@x.test", "v@[127.0.0.1]")),
                new Case(
                        "TEMPORARY_FAILURE",
                        Reply.TEMPORARY_FAILURE,
                        false,
                        recipient(Organizations.STRANGER, "a@x.test", "broken@contoso.com")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSentAsCoreHasIt(Case expected) throws Exception {
        SmtpServerUnderTest server = expected.inCloud() ? cloud : onPremises;

        SmtpReply reply = expected.dialogue().lastReply(server);

        assertThat(reply.text()).isEqualTo(expected.reply().toString());
        assertThat(server.spooled()).isZero();
    }

    /** Failures of ours and broken syntax are in the server's own log; what was decided is an event. */
    @ParameterizedTest
    @MethodSource("cases")
    void isAnEvent(Case expected) throws Exception {
        SmtpServerUnderTest server = expected.inCloud() ? cloud : onPremises;
        boolean decided = !List.of("BAD_SENDER", "TEMPORARY_FAILURE").contains(expected.constant());

        expected.dialogue().lastReply(server);

        List<MailEvent> refused = server.events().all().stream()
                .filter(event -> event.type() == MailEvent.Type.REFUSED)
                .toList();
        assertThat(refused).hasSize(decided ? 1 : 0);
        assertThat(refused).allSatisfy(event -> {
            assertThat(event.reply()).hasValue(expected.reply().toString());
            assertThat(event.reason()).isNotEmpty();
            assertThat(event.peer()).isNotEmpty();
            assertThat(event.peerIdentity()).isNotEmpty();
            assertThat(event.server()).isEqualTo(Organizations.FQDN);
        });
    }

    @Test
    void everyReplyOfCoreIsATestHere() {
        List<String> constants = Arrays.stream(Reply.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(Field::getName)
                .toList();

        assertThat(Stream.of(
                                cases().map(Case::constant),
                                SessionLimitsTest.REPLIES.stream(),
                                Stream.of(RoomTest.REPLY),
                                ContentLimitTest.REPLIES.stream(),
                                Stream.concat(HiddenMailTest.REPLIES.stream(), CrossPremisesTest.REPLIES.stream()))
                        .flatMap(replies -> replies))
                .containsAll(constants);
    }

    @Test
    void passesAsManyHopsAsAreAllowed() throws Exception {
        SmtpReply inCloud = hops(20).lastReply(cloud);
        SmtpReply here = hops(30).lastReply(onPremises);

        assertThat(List.of(inCloud.code(), here.code())).containsOnly(250);
    }

    private static Dialogue recipient(String client, String sender, String recipient) {
        return recipients(client, sender, recipient);
    }

    /** All recipients but the last are accepted. */
    private static Dialogue recipients(String client, String sender, String... recipients) {
        return server -> {
            try (SmtpDialogue smtp = server.connect(client)) {
                smtp.send("MAIL FROM:<" + sender + ">").expect("250 2.1.0");
                for (String recipient : Arrays.copyOf(recipients, recipients.length - 1)) {
                    smtp.send("RCPT TO:<" + recipient + ">").expect("250 2.1.5");
                }
                return smtp.send("RCPT TO:<" + recipients[recipients.length - 1] + ">")
                        .read();
            }
        };
    }

    private static SmtpReply sendAsAnother(SmtpServerUnderTest server) throws IOException {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER, Certificates.NO_CERTIFICATE)) {
            String plain = Base64.getEncoder().encodeToString("\0chris@contoso.com\0secret".getBytes(US_ASCII));
            smtp.send("AUTH PLAIN " + plain).expect("235");
            smtp.send("MAIL FROM:<ceo@contoso.com>").expect("250");
            return smtp.send("RCPT TO:<erin@cpandl.com>").read();
        }
    }

    private static Dialogue message(String... lines) {
        return server -> {
            try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
                return smtp.sendMail("a@x.test", List.of("chris@contoso.com"), SmtpServerUnderTest.message(lines));
            }
        };
    }

    private static Dialogue hops(int hops) {
        return server -> {
            try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
                String[] lines = Stream.concat(
                                IntStream.range(0, hops).mapToObj(i -> "rEceived: from a by b; " + i),
                                Stream.of("From: a@x.test", "Subject: round and round", "", "Hello."))
                        .toArray(String[]::new);
                return smtp.sendMail("a@x.test", List.of("chris@contoso.com"), SmtpServerUnderTest.message(lines));
            }
        };
    }
}
