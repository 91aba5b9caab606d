package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.postfix.Postfix;
import org.mailflow.testing.postfix.PostfixBuilder;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.tls.PemFiles;

/**
 * A real Postfix sends in the names of partners: with the right, a wrong and no certificate, from inside and outside of its range,
 * with and without TLS. What comes of it is what the partner connector says; what is refused stays with Postfix, which returns or
 * keeps it with our reply.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@RequiresPeer("postfix")
class PostfixAsPartnerTest {

    private static final String INSIDE = "127.0.0.6";
    private static final String OUTSIDE = "127.0.0.8";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What Postfix presents; its name in the partner's own domain is the right one. */
    private enum Certificate {
        RIGHT,
        WRONG,
        NONE
    }

    private FrontDoorServer door;
    private Postfix postfix;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        door = new FrontDoorServer(directory);
        Path keys = Files.createDirectory(directory.resolve("keys"));
        PostfixBuilder builder = Postfix.builder("mail.partners.test");
        for (String partner : List.of("northwind.test", "lucerne.test")) {
            PemFiles right = door.authority().issue("mail." + partner).writePem(keys, partner);
            PemFiles wrong = door.authority().issue("mail.evil.test").writePem(keys, partner + "-wrong");
            for (String from : List.of(INSIDE, OUTSIDE)) {
                addClient(builder, client(partner, from, "TLS", "RIGHT"), from, "encrypt", Optional.of(right));
                addClient(builder, client(partner, from, "TLS", "WRONG"), from, "encrypt", Optional.of(wrong));
            }
        }
        for (String from : List.of(INSIDE, OUTSIDE)) {
            addClient(builder, client("any", from, "TLS", "NONE"), from, "encrypt", Optional.empty());
            addClient(builder, client("any", from, "CLEAR", "NONE"), from, "none", Optional.empty());
        }
        postfix = builder.mailboxes(
                        "sender@northwind.test", "sender@lucerne.test", "sender@woodgrove.test", "sender@tailspin.test")
                .start();
    }

    /** The recipient's domain names the client that brings its mail. */
    private void addClient(
            PostfixBuilder builder, String name, String from, String level, Optional<PemFiles> identity) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("smtp_bind_address", from);
        settings.put("smtp_tls_security_level", level);
        identity.ifPresent(files -> {
            settings.put("smtp_tls_cert_file", files.certificates().toString());
            settings.put("smtp_tls_key_file", files.key().toString());
        });
        builder.client(name, settings)
                .transport(
                        name + ".relay.contoso.com",
                        name + ":[127.0.0.1]:" + door.server().port());
    }

    private static String client(String partner, String from, String tls, String certificate) {
        boolean any = certificate.equals("NONE");
        return String.join(
                        "-",
                        any ? "any" : partner.replace('.', '-'),
                        from.equals(INSIDE) ? "in" : "out",
                        tls,
                        certificate)
                .toLowerCase(Locale.ROOT);
    }

    @AfterAll
    void stop() throws Exception {
        postfix.close();
        door.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Northwind must show its certificate, over TLS; its address is all the same.
                "northwind.test | RIGHT | INSIDE  | TLS   | delivered",
                "northwind.test | RIGHT | OUTSIDE | TLS   | delivered",
                "northwind.test | WRONG | INSIDE  | TLS   | 550 5.7.51",
                "northwind.test | NONE  | OUTSIDE | TLS   | 550 5.7.51",
                "northwind.test | NONE  | INSIDE  | CLEAR | 451 5.7.3",
                // Woodgrove must come from its addresses; nothing is said of TLS.
                "woodgrove.test | NONE  | INSIDE  | CLEAR | delivered",
                "woodgrove.test | NONE  | INSIDE  | TLS   | delivered",
                "woodgrove.test | NONE  | OUTSIDE | CLEAR | 550 5.7.51",
                "woodgrove.test | NONE  | OUTSIDE | TLS   | 550 5.7.51",
                // Tailspin must come over TLS, from wherever.
                "tailspin.test  | NONE  | OUTSIDE | TLS   | delivered",
                "tailspin.test  | NONE  | INSIDE  | CLEAR | 451 5.7.3",
                // Lucerne by either: the right certificate from anywhere, or its address.
                "lucerne.test   | RIGHT | OUTSIDE | TLS   | delivered",
                "lucerne.test   | NONE  | INSIDE  | CLEAR | delivered",
                "lucerne.test   | WRONG | INSIDE  | TLS   | delivered",
                "lucerne.test   | WRONG | OUTSIDE | TLS   | 550 5.7.51",
                "lucerne.test   | NONE  | OUTSIDE | CLEAR | 550 5.7.51",
            })
    void isTreatedAsConfigured(String partner, Certificate certificate, String where, String tls, String outcome)
            throws Exception {
        String from = where.equals("INSIDE") ? INSIDE : OUTSIDE;
        String row = "row" + Long.toHexString(System.nanoTime());
        String recipient = row + "@" + client(partner, from, tls, certificate.name()) + ".relay.contoso.com";
        TestMail mail = TestMail.of("sender@" + partner, recipient);

        try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", postfix.port())) {
            smtp.expect("220").send("EHLO client.test").expect("250");
            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
        }

        switch (outcome) {
            case "delivered" -> assertDelivered(mail, from, tls);
            default -> assertRefused(mail, recipient, partner, outcome);
        }
    }

    private void assertDelivered(TestMail mail, String from, String tls) throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mail.at(door.world())).hasSize(1));
        assertThat(door.server().eventsOf(mail).stream().filter(event -> event.type() == MailEvent.Type.RECEIVED))
                .hasSize(1)
                .allSatisfy(event -> {
                    assertThat(event.peer()).hasValue(from);
                    assertThat(event.tlsVersion().isPresent()).isEqualTo(tls.equals("TLS"));
                    assertThat(event.organization()).isEmpty();
                });
    }

    private void assertRefused(TestMail mail, String recipient, String partner, String reply) throws Exception {
        boolean forNow = reply.startsWith("4");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(postfix.log().lines()).anySatisfy(line -> assertThat(line)
                        .contains(
                                "to=<" + recipient + ">",
                                forNow ? "status=deferred" : "status=bounced",
                                "said: " + reply)));
        if (forNow) {
            assertThat(unfolded(postfix.queue())).contains(recipient, reply);
        } else {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(postfix.mails("sender@" + partner))
                    .anySatisfy(bounce -> assertThat(unfolded(bounce.text())).contains(recipient, "said: " + reply)));
        }
        assertThat(mail.at(door.world())).isEmpty();
        assertThat(door.server().eventsOf(mail)).isEmpty();
    }

    private static String unfolded(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
