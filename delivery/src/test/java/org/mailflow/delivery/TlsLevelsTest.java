package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.config.Location;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.core.tls.ServerCertificate;
import org.mailflow.james.SampleConnector;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpSinkBuilder;
import org.mailflow.testing.smtp.SmtpStage;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.CertificateOrder;
import org.mailflow.testing.tls.Credentials;

class TlsLevelsTest {

    private static final CertificateAuthority CA = CertificateAuthority.create("Trusted");
    private static final CertificateAuthority IMPOSTOR = CertificateAuthority.create("Trusted");

    @ParameterizedTest(name = "{0} to a host with {1}: {2}")
    @CsvSource({
        "opportunistic,         NONE,        CLEAR",
        "opportunistic,         SELF_SIGNED, TLS",
        "opportunistic,         EXPIRED,     TLS",
        "opportunistic,         WRONG_NAME,  TLS",
        "opportunistic,         RIGHT,       TLS",
        "encryptionOnly,        NONE,        DEFERRED",
        "encryptionOnly,        SELF_SIGNED, TLS",
        "encryptionOnly,        EXPIRED,     TLS",
        "encryptionOnly,        WRONG_NAME,  TLS",
        "encryptionOnly,        RIGHT,       TLS",
        "certificateValidation, NONE,        DEFERRED",
        "certificateValidation, SELF_SIGNED, DEFERRED",
        "certificateValidation, EXPIRED,     DEFERRED",
        "certificateValidation, IMPOSTOR,    DEFERRED",
        "certificateValidation, WRONG_NAME,  TLS",
        "certificateValidation, RIGHT,       TLS",
        "domainValidation,      NONE,        DEFERRED",
        "domainValidation,      SELF_SIGNED, DEFERRED",
        "domainValidation,      EXPIRED,     DEFERRED",
        "domainValidation,      IMPOSTOR,    DEFERRED",
        "domainValidation,      WRONG_NAME,  DEFERRED",
        "domainValidation,      NAME_IN_CN,  DEFERRED",
        "domainValidation,      RIGHT,       TLS"
    })
    void meetsTheConnectorsDemandOrDoesNotSend(String level, String host, String expected) throws Exception {
        try (SmtpSink sink = sink(host);
                Lab lab =
                        new Lab().outbound(connector(sink, level)).trusting(CA).start()) {
            lab.send("Fabrikam", "bob@fabrikam.com");

            if (expected.equals("DEFERRED")) {
                MailEvent event = lab.await(MailEvent.Type.DEFERRED, 1).get(0);
                assertThat(event.reply().orElse("")).startsWith("450 4.4.317 Cannot establish session");
                assertThat(sink.transactions()).isEmpty();
                assertThat(sink.commands())
                        .noneMatch(command ->
                                command.line().toUpperCase(Locale.ROOT).startsWith("MAIL"));
            } else {
                MailEvent event = lab.await(MailEvent.Type.DELIVERED, 1).get(0);
                ReceivedMail mail = sink.received().get(0);
                boolean tls = expected.equals("TLS");
                assertThat(mail.peer().tls().isPresent()).isEqualTo(tls);
                assertThat(event.tlsVersion().isPresent()).isEqualTo(tls);
                assertThat(event.peer().orElse("")).contains("[127.0.0.1]:" + sink.port());
                if (host.equals("RIGHT")) {
                    assertThat(event.peerIdentity()).contains("verified [mail.fabrikam.com]");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        encryptionOnly        | NONE        | TLS is required, and the host does not offer STARTTLS
        certificateValidation | SELF_SIGNED | CertificateInvalid Expected Subject: any, of a trusted authority. Presented Subject: mail.fabrikam.com, issued by CN=mail.fabrikam.com. Reason: its chain ends at no trusted certificate
        certificateValidation | IMPOSTOR    | Presented Subject: mail.fabrikam.com, issued by CN=Trusted. Reason: its chain ends at no trusted certificate
        certificateValidation | EXPIRED     | Presented Subject: mail.fabrikam.com, issued by CN=Trusted. Reason: expired 2
        domainValidation      | SELF_SIGNED | CertificateInvalid Expected Subject: mail.fabrikam.com. Presented Subject: mail.fabrikam.com
        domainValidation      | WRONG_NAME  | SubjectMismatch Expected Subject: mail.fabrikam.com. Presented Subject: mail.wingtiptoys.com
        domainValidation      | NAME_IN_CN  | SubjectMismatch Expected Subject: mail.fabrikam.com. Presented Subject: mail.wingtiptoys.com
        domainValidation      | PART_OF_NAME| SubjectMismatch Expected Subject: mail.fabrikam.com. Presented Subject: m*.fabrikam.com
        domainValidation      | MANY_NAMES  | Presented Subject: n0.example, n1.example, n2.example, n3.example, n4.example, n5.example, n6.example, n7.example, n8.example, n9.example and 90 others
        """)
    void saysWhatWasExpectedAndWhatWasPresented(String level, String host, String text) throws Exception {
        try (SmtpSink sink = sink(host);
                Lab lab =
                        new Lab().outbound(connector(sink, level)).trusting(CA).start()) {
            lab.send("Fabrikam", "bob@fabrikam.com");

            assertThat(lab.await(MailEvent.Type.DEFERRED, 1).get(0).reply().orElse(""))
                    .startsWith("450 4.4.317 Cannot establish session with remote server [Message=")
                    .contains(text);
            assertThat(sink.transactions()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"opportunistic, true", "encryptionOnly, false"})
    void fallsBackToClearTextOnlyWhereTlsIsNotForced(String level, boolean delivered) throws Exception {
        try (SmtpSink sink =
                        SmtpSink.builder().tls(CA.issue("mail.fabrikam.com")).start();
                Lab lab =
                        new Lab().outbound(connector(sink, level)).trusting(CA).start()) {
            sink.on(SmtpStage.STARTTLS).replyAndClose("220 go");

            lab.send("Fabrikam", "bob@fabrikam.com");

            lab.await(delivered ? MailEvent.Type.DELIVERED : MailEvent.Type.DEFERRED, 1);
            assertThat(sink.received()).hasSize(delivered ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"fabrikam.com, DELIVERED", "mail.elsewhere.com, DEFERRED"})
    void comparesAnMxHostWithTheRecipientsDomainWhereThereIsNoTlsDomain(String name, MailEvent.Type expected)
            throws Exception {
        try (SmtpSink sink = SmtpSink.builder().tls(CA.issue(name)).start();
                Lab lab = new Lab()) {
            lab.names = new FixedNames();
            lab.outbound(SampleConnector.named("Fabrikam")
                            .domains("fabrikam.com")
                            .port(sink.port())
                            .tls(TlsSettings.DOMAIN_VALIDATION))
                    .trusting(CA)
                    .start();

            lab.send("Fabrikam", "bob@fabrikam.com");

            MailEvent event = lab.await(expected, 1).get(0);
            assertThat(event.peerIdentity()).contains("verified [" + name + "]");
        }
    }

    @Test
    void speaksNothingOlderThanTls12() throws Exception {
        try (SmtpSink sink = SmtpSink.builder()
                        .tls(CA.issue("mail.fabrikam.com"))
                        .tlsProtocols("TLSv1.2")
                        .start();
                Lab lab = new Lab()
                        .outbound(connector(sink, "domainValidation"))
                        .trusting(CA)
                        .start()) {
            lab.send("Fabrikam", "bob@fabrikam.com");

            assertThat(lab.await(MailEvent.Type.DELIVERED, 1).get(0).tlsVersion())
                    .contains("TLSv1.2");
        }
    }

    @Test
    void treatsWordsBeforeTheHandshakeAsAnAttack() throws Exception {
        try (SmtpSink sink =
                        SmtpSink.builder().tls(CA.issue("mail.fabrikam.com")).start();
                Lab lab = new Lab()
                        .outbound(connector(sink, "encryptionOnly"))
                        .trusting(CA)
                        .start()) {
            sink.on(SmtpStage.STARTTLS).reply("220 go\r\n250 2.1.0 injected\r\n");

            lab.send("Fabrikam", "bob@fabrikam.com");

            lab.await(MailEvent.Type.DEFERRED, 1);
            assertThat(sink.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA", "EC"})
    void presentsTheConnectorsCertificate(String key) throws Exception {
        CertificateOrder order = CA.order("mail.contoso.com").dnsNames("mail.contoso.com");
        Credentials own = (key.equals("RSA") ? order.rsaKey(2048) : order).issue();
        try (SmtpSink sink = SmtpSink.builder()
                        .tls(CA.issue("mail.fabrikam.com"))
                        .askForClientCertificate()
                        .start();
                Lab lab = new Lab()) {
            lab.flow.certificate(new ServerCertificate(
                    "contoso", own.chain(), own.privateKey(), new Location("mailflow.xml", 1, 1)));
            lab.outbound(connector(sink, "encryptionOnly").certificate("contoso"))
                    .trusting(CA)
                    .start();

            lab.send("Fabrikam", "bob@fabrikam.com");

            lab.await(MailEvent.Type.DELIVERED, 1);
            assertThat(sink.received().get(0).peer().tls().orElseThrow().chain())
                    .isEqualTo(own.chain());
        }
    }

    @Test
    void doesNotSendWithoutTheCertificateThatTheConnectorNames() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                Lab lab = new Lab()
                        .outbound(connector(sink, "opportunistic").certificate("missing"))
                        .trusting(CA)
                        .start()) {
            lab.send("Fabrikam", "bob@fabrikam.com");

            assertThat(lab.await(MailEvent.Type.DEFERRED, 1).get(0).reply().orElse(""))
                    .startsWith("454 4.7.5");
            assertThat(sink.connections()).isZero();
        }
    }

    private static SampleConnector connector(SmtpSink sink, String level) {
        SampleConnector connector =
                SampleConnector.named("Fabrikam").domains("fabrikam.com").smartHosts("[127.0.0.1]:" + sink.port());
        Optional<TlsSettings> settings = Arrays.stream(TlsSettings.values())
                .filter(setting -> setting.word().equals(level))
                .findFirst();
        settings.ifPresent(connector::tls);
        return settings.filter(TlsSettings.DOMAIN_VALIDATION::equals).isPresent()
                ? connector.tlsDomain("mail.fabrikam.com")
                : connector;
    }

    private static SmtpSink sink(String host) throws IOException {
        SmtpSinkBuilder builder = SmtpSink.builder();
        return switch (host) {
            case "NONE" -> builder.start();
            case "SELF_SIGNED" ->
                builder.tls(CertificateOrder.selfSigned("mail.fabrikam.com")
                                .dnsNames("mail.fabrikam.com")
                                .issue())
                        .start();
            case "EXPIRED" ->
                builder.tls(CA.order("mail.fabrikam.com")
                                .dnsNames("mail.fabrikam.com")
                                .expired()
                                .issue())
                        .start();
            case "IMPOSTOR" -> builder.tls(IMPOSTOR.issue("mail.fabrikam.com")).start();
            case "PART_OF_NAME" ->
                builder.tls(CA.order("any").dnsNames("m*.fabrikam.com").issue()).start();
            case "MANY_NAMES" ->
                builder.tls(CA.order("any")
                                .dnsNames(IntStream.range(0, 100)
                                        .mapToObj(i -> "n" + i + ".example")
                                        .toArray(String[]::new))
                                .issue())
                        .start();
            case "WRONG_NAME" -> builder.tls(CA.issue("mail.wingtiptoys.com")).start();
            case "NAME_IN_CN" ->
                builder.tls(CA.order("mail.fabrikam.com")
                                .dnsNames("mail.wingtiptoys.com")
                                .issue())
                        .start();
            default -> builder.tls(CA.issue("mail.fabrikam.com")).start();
        };
    }
}
