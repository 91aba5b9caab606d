package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.core.model.SmartHostAuthentication;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.core.validation.ConnectorValidation;
import org.mailflow.core.validation.HostReport;
import org.mailflow.core.validation.NextHopReport;
import org.mailflow.core.validation.Step;
import org.mailflow.core.validation.TlsFinding;
import org.mailflow.core.validation.ValidationPlan;
import org.mailflow.core.validation.ValidationWish;
import org.mailflow.core.validation.Verdict;
import org.mailflow.james.SampleConnector;
import org.mailflow.james.SampleFlow;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpSinkBuilder;
import org.mailflow.testing.smtp.SmtpStage;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.CertificateOrder;
import org.xbill.DNS.SimpleResolver;

class ConnectorProbeTest {

    private static final CertificateAuthority CA = CertificateAuthority.create("Trusted");
    private static final CertificateAuthority STRANGER = CertificateAuthority.create("Stranger");
    private static final String NAME = "mail.fabrikam.com";
    private static final String BOB = "bob@fabrikam.com";

    private final SampleFlow flow = SampleFlow.contoso().trust(CA.certificate());

    @Test
    void tellsEveryStepOfAHostThatTakesMail() throws Exception {
        try (SmtpSink sink = SmtpSink.builder()
                .hostName(NAME)
                .tls(CA.order(NAME)
                        .dnsNames(NAME)
                        .notAfter(Instant.now().plus(Duration.ofDays(90).plusHours(1)))
                        .issue())
                .start()) {
            ConnectorValidation validation = validate(connector(sink).validationRecipients(BOB));

            assertThat(validation.isValidated()).as(validation.summary()).isTrue();
            assertThat(validation.connector()).isEqualTo("contoso/Fabrikam");
            assertThat(validation.summary()).isEqualTo("1 of 1 host takes mail");
            assertThat(validation.sender()).isEqualTo("postmaster@contoso.com");
            assertThat(validation.recipients()).containsExactly(BOB);
            HostReport host = host(validation);
            assertThat(host.steps())
                    .extracting(Step::name)
                    .containsExactly(
                            "connect",
                            "greeting",
                            "EHLO",
                            "STARTTLS",
                            "TLS",
                            "name",
                            "chain",
                            "validity",
                            "MAIL FROM",
                            "RCPT TO",
                            "RSET");
            assertThat(host.steps())
                    .allSatisfy(step -> assertThat(step.verdict()).isEqualTo(Verdict.OK));
            assertThat(host.extensions()).contains("PIPELINING", "SIZE 104857600");
            TlsFinding tls = host.tls().orElseThrow();
            assertThat(tls.version()).isEqualTo("TLSv1.3");
            assertThat(tls.expectedName()).contains(NAME);
            assertThat(tls.presentedNames()).containsExactly(NAME);
            assertThat(tls.trusted()).isTrue();
            assertThat(tls.daysLeft()).contains(90L);
            assertThat(tls.chain().get(0).issuer()).contains("Trusted");
            assertThat(sink.received()).isEmpty();
            assertThat(sink.commands()).noneMatch(command -> command.line().startsWith("DATA"));
        }
    }

    @ParameterizedTest(name = "a host that is {0} fails in {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dead           | connect   | Cannot connect                                    | listens on this port",
                "mute           | greeting  | the host took too long                            | did not answer within 1 s",
                "closed         | greeting  | the host closed the connection                    | does not want a session",
                "unwilling      | greeting  | 554 5.7.1 go away                                 | let this server's address in",
                "choosy         | EHLO      | 501 5.5.4 not you                                 | set fqdn",
                "without TLS    | STARTTLS  | the host does not offer STARTTLS                  | as long as it has tlsSettings domainValidation mail.fabrikam.com",
                "out of TLS     | STARTTLS  | STARTTLS answered 454 4.7.0 not now               | Have the host offer STARTTLS",
                "broken in TLS  | TLS       | handshake                                         | TLS 1.2 or 1.3",
                "misnamed       | name      | the host presented mail.wingtiptoys.com, the connector's tlsDomain is mail.fabrikam.com | set tlsDomain to mail.wingtiptoys.com",
                "nameless       | name      | the host presented no DNS name                    | install a certificate for mail.fabrikam.com",
                "a stranger     | chain     | its chain ends at no trusted certificate          | add it to trustedCertificates",
                "self-signed    | chain     | its chain ends at no trusted certificate          | add its certificate to trustedCertificates",
                "expired        | validity  | the certificate expired                           | administrator renew it",
                "not yet valid  | validity  | the certificate is not valid before               | Compare the clocks",
                "for clients    | chain     | its extended key usage does not allow TLS         | ",
                "averse to us   | MAIL FROM | 550 5.7.1 not from you                            | recognise this server",
                "averse to bob  | RCPT TO   | RCPT TO:<bob@fabrikam.com>: 550 5.1.1 nobody      | the recipient exists there",
                "greylisting    | RCPT TO   | 451 4.7.1 later                                   | validate again in some minutes"
            })
    void tellsWhereAHostFailsAndWhatToDo(String kind, String stage, String text, String remedy) throws Exception {
        try (SmtpSink sink = sink(kind)) {
            ConnectorValidation validation = validate(connector(sink).validationRecipients(BOB), impatient());

            assertThat(validation.isValidated()).isFalse();
            Step failure = host(validation).failure().orElseThrow();
            assertThat(failure.name()).as(failure.toString()).isEqualTo(stage);
            assertThat(failure.text()).contains(text);
            assertThat(failure.remedy().orElse("")).contains(remedy == null ? "" : remedy);
            assertThat(host(validation).steps().stream().filter(Step::hasFailed))
                    .hasSize(1);
            assertThat(validation.summary())
                    .startsWith("0 of 1 host takes mail; [127.0.0.1]:" + sink.port() + ": " + stage + ": ");
            assertThat(sink.received()).isEmpty();
        }
    }

    @ParameterizedTest(name = "tlsSettings {1} to a host that is {0}: {2} in {3}")
    @CsvSource({
        "without TLS,   ,                 WARNING, STARTTLS",
        "broken in TLS, ,                 WARNING, TLS",
        "out of TLS,    ,                 WARNING, STARTTLS",
        "expired,       ,                 WARNING, validity",
        "expired,       encryptionOnly,   WARNING, validity",
        "a stranger,    encryptionOnly,   OK,      ",
        "misnamed,      encryptionOnly,   OK,      ",
        "misnamed,      certificateValidation, OK, ",
        "ending soon,   domainValidation, WARNING, validity"
    })
    void warnsOfWhatKeepsNoMailBack(String kind, String level, Verdict verdict, String stage) throws Exception {
        try (SmtpSink sink = sink(kind)) {
            SampleConnector connector = SampleConnector.named("Fabrikam")
                    .domains("fabrikam.com")
                    .smartHosts("[127.0.0.1]:" + sink.port())
                    .validationRecipients(BOB);
            for (TlsSettings settings : TlsSettings.values()) {
                if (settings.word().equals(level)) {
                    connector.tls(settings);
                }
            }

            ConnectorValidation validation =
                    validate("domainValidation".equals(level) ? connector.tlsDomain(NAME) : connector, impatient());

            assertThat(validation.isValidated()).as(validation.summary()).isTrue();
            assertThat(host(validation).verdict()).isEqualTo(verdict);
            assertThat(host(validation).steps().stream()
                            .filter(step -> step.verdict() == Verdict.WARNING)
                            .map(Step::name))
                    .isEqualTo(stage == null ? List.of() : List.of(stage));
        }
    }

    @Test
    void asksEveryAddressOfEverySmartHostAndTellsWhatDnsSays() throws Exception {
        try (LoopbackDns dns = LoopbackDns.start();
                SmtpSink sink = SmtpSink.builder()
                        .addresses("127.0.0.1", "127.0.0.2")
                        .tls(CA.issue(NAME))
                        .start()) {
            dns.mx("fabrikam.com", 10, "mx1.fabrikam.com")
                    .mx("fabrikam.com", 20, "mx2.fabrikam.com")
                    .a("mx1.fabrikam.com", "127.0.0.1")
                    .a("mx2.fabrikam.com", "127.0.0.2");
            sink.on(SmtpStage.RCPT).times(1).reply("550 5.1.1 nobody");
            SampleConnector connector = SampleConnector.named("Fabrikam")
                    .domains("fabrikam.com")
                    .smartHosts("fabrikam.com", "nowhere.fabrikam.com")
                    .port(sink.port())
                    .tls(TlsSettings.DOMAIN_VALIDATION)
                    .tlsDomain(NAME)
                    .validationRecipients(BOB);

            ConnectorValidation validation = validate(connector, ValidationWish.usual(), names(dns));

            assertThat(validation.isValidated()).isFalse();
            assertThat(validation.nextHops())
                    .extracting(NextHopReport::name)
                    .containsExactly("fabrikam.com", "nowhere.fabrikam.com");
            NextHopReport found = validation.nextHops().get(0);
            assertThat(found.resolution())
                    .extracting(Step::text)
                    .containsExactly(
                            "MX of fabrikam.com: mx1.fabrikam.com, mx2.fabrikam.com",
                            "A and AAAA of mx1.fabrikam.com: 127.0.0.1",
                            "A and AAAA of mx2.fabrikam.com: 127.0.0.2");
            assertThat(found.hosts())
                    .extracting(HostReport::host)
                    .containsExactly(
                            "mx1.fabrikam.com[127.0.0.1]:" + sink.port(), "mx2.fabrikam.com[127.0.0.2]:" + sink.port());
            assertThat(found.hosts())
                    .extracting(HostReport::verdict)
                    .containsExactlyInAnyOrder(Verdict.OK, Verdict.FAILED);
            NextHopReport missing = validation.nextHops().get(1);
            assertThat(missing.hosts()).isEmpty();
            assertThat(missing.resolution()).last().satisfies(step -> {
                assertThat(step.verdict()).isEqualTo(Verdict.FAILED);
                assertThat(step.text()).contains("the host nowhere.fabrikam.com has no address in DNS");
                assertThat(step.remedy().orElse("")).contains("smartHosts");
            });
        }
    }

    @Test
    void asksTheMxHostsOfTheRecipientsDomainForItsName() throws Exception {
        try (LoopbackDns dns = LoopbackDns.start();
                SmtpSink sink =
                        SmtpSink.builder().tls(CA.issue("mx.fabrikam.com")).start()) {
            dns.mx("fabrikam.com", 10, "mx.fabrikam.com").a("mx.fabrikam.com", "127.0.0.1");
            SampleConnector connector = SampleConnector.named("Fabrikam")
                    .domains("fabrikam.com")
                    .port(sink.port())
                    .tls(TlsSettings.DOMAIN_VALIDATION);

            ConnectorValidation validation = validate(connector, ValidationWish.usual(), names(dns));

            assertThat(validation.nextHops()).singleElement().satisfies(hop -> assertThat(hop.name())
                    .isEqualTo("fabrikam.com"));
            assertThat(host(validation).failure().orElseThrow().text())
                    .isEqualTo("the host presented mx.fabrikam.com, and not the recipient's domain fabrikam.com");
            assertThat(validation.notes()).singleElement().satisfies(note -> assertThat(note.text())
                    .startsWith("nobody is named"));
        }
    }

    @Test
    void takesTheOtherAddressWhereThisMachineHasNoWayToIPv6() throws Exception {
        try (LoopbackDns dns = LoopbackDns.start();
                SmtpSink sink = SmtpSink.builder().tls(CA.issue(NAME)).start()) {
            dns.a("fabrikam.com", "127.0.0.1").aaaa("fabrikam.com", "::1");

            ConnectorValidation validation = validate(
                    SampleConnector.named("Fabrikam").smartHosts("fabrikam.com:" + sink.port()),
                    ValidationWish.usual(),
                    names(dns));

            assertThat(validation.nextHops().get(0).hosts())
                    .extracting(HostReport::verdict)
                    .containsExactly(Verdict.OK, Verdict.WARNING);
            assertThat(validation.isValidated()).isTrue();
        }
    }

    @Test
    void triesADisabledConnectorWithWhomItIsTold() throws Exception {
        try (SmtpSink sink = SmtpSink.builder().tls(CA.issue(NAME)).start()) {
            ValidationWish wish = new ValidationWish(
                    List.of("ann@fabrikam.com", "ben@fabrikam.com"),
                    Optional.of("<>"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

            ConnectorValidation validation = validate(connector(sink).disabled(), wish);

            assertThat(validation.isValidated()).isTrue();
            assertThat(validation.enabled()).isFalse();
            assertThat(sink.commands())
                    .extracting(command -> command.line().replaceFirst(" SIZE=.*", ""))
                    .contains("MAIL FROM:<>", "RCPT TO:<ann@fabrikam.com>", "RCPT TO:<ben@fabrikam.com>", "RSET");
        }
    }

    @ParameterizedTest(name = "a host that says {0} to the account, with TLS {1}: {2}")
    @CsvSource({
        "235 2.7.0 welcome,      true,  OK,     logged on as relay",
        "535 5.7.8 wrong,        true,  FAILED, cannot log on as relay: 535 5.7.8 wrong",
        "235 2.7.0 welcome,      false, FAILED, 'TLS is required to log on, and the host does not offer it'"
    })
    void logsOnAsTheDeliveryDoes(String reply, boolean withTls, Verdict verdict, String text) throws Exception {
        SmtpSinkBuilder builder = SmtpSink.builder().capabilities("AUTH PLAIN");
        try (SmtpSink sink = (withTls ? builder.tls(CA.issue(NAME)) : builder).start()) {
            sink.on(SmtpStage.OTHER).containing("AUTH").reply(reply);
            SampleConnector connector = SampleConnector.named("Fabrikam")
                    .domains("fabrikam.com")
                    .smartHosts("[127.0.0.1]:" + sink.port())
                    .validationRecipients(BOB)
                    .client(client(Optional.of(new SmartHostAuthentication(true, "relay", "s3cret")), List.of()));

            ConnectorValidation validation = validate(connector);

            assertThat(host(validation).steps())
                    .filteredOn(step -> step.name().equals("AUTH"))
                    .singleElement()
                    .satisfies(step -> {
                        assertThat(step.verdict()).isEqualTo(verdict);
                        assertThat(step.text()).contains(text);
                    });
            assertThat(validation.isValidated()).isEqualTo(verdict == Verdict.OK);
            assertThat(validation.settings()).contains("; account relay");
            assertThat(validation.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void asksNoHostOfAFamilyThatItDoesNotConnectFrom() throws Exception {
        try (SmtpSink sink = SmtpSink.start()) {
            ConnectorValidation validation = validate(SampleConnector.named("Fabrikam")
                    .domains("fabrikam.com")
                    .smartHosts("[127.0.0.1]:" + sink.port())
                    .client(client(Optional.empty(), List.of(IpAddress.parse("::1")))));

            assertThat(validation.isValidated()).isFalse();
            assertThat(validation.summary()).contains("no next hop has an address of the family of sourceIPAddress");
            assertThat(sink.connections()).isZero();
        }
    }

    private static OutboundClient client(Optional<SmartHostAuthentication> account, List<IpAddress> sources) {
        return new OutboundClient(OptionalInt.empty(), 100, Duration.ofSeconds(5), account, sources, false);
    }

    @Test
    void asksNobodyWithoutTheCertificateThatTheConnectorNames() throws Exception {
        try (SmtpSink sink = SmtpSink.start()) {
            ConnectorValidation validation = validate(connector(sink).certificate("missing"));

            assertThat(validation.isValidated()).isFalse();
            assertThat(validation.summary()).contains("TlsCertificateName");
            assertThat(sink.connections()).isZero();
        }
    }

    private ConnectorValidation validate(SampleConnector connector) throws ValidationPlan.Refused {
        return validate(connector, ValidationWish.usual());
    }

    private ConnectorValidation validate(SampleConnector connector, ValidationWish wish) throws ValidationPlan.Refused {
        return validate(connector, wish, new FixedNames());
    }

    private ConnectorValidation validate(SampleConnector connector, ValidationWish wish, Names names)
            throws ValidationPlan.Refused {
        Mailflow mailflow = flow.outbound(connector).snapshot(1);
        Organization contoso = mailflow.organization("contoso").orElseThrow();
        ValidationPlan plan = ValidationPlan.of(
                mailflow,
                contoso,
                contoso.outboundConnectors().named("Fabrikam").orElseThrow(),
                wish);
        return new ConnectorProbe(names, DeliverySettings.DEFAULT, Clock.systemUTC()).run(mailflow, plan);
    }

    private static ValidationWish impatient() {
        return new ValidationWish(List.of(), Optional.empty(), Optional.empty(), Optional.of(1), Optional.empty());
    }

    private static HostReport host(ConnectorValidation validation) {
        return validation.nextHops().get(0).hosts().get(0);
    }

    private static Names names(LoopbackDns dns) throws IOException {
        SimpleResolver resolver = new SimpleResolver(dns.address());
        resolver.setTimeout(Duration.ofSeconds(2));
        return new DnsNames(resolver);
    }

    private static SampleConnector connector(SmtpSink sink) {
        return SampleConnector.named("Fabrikam")
                .domains("fabrikam.com")
                .smartHosts("[127.0.0.1]:" + sink.port())
                .tls(TlsSettings.DOMAIN_VALIDATION)
                .tlsDomain(NAME);
    }

    private static SmtpSink sink(String kind) throws IOException {
        SmtpSinkBuilder builder = SmtpSink.builder();
        CertificateOrder order = CA.order(NAME).dnsNames(NAME);
        SmtpSink sink =
                switch (kind) {
                    case "without TLS" -> builder.start();
                    case "misnamed" ->
                        builder.tls(CA.issue("mail.wingtiptoys.com")).start();
                    case "nameless" ->
                        builder.tls(CA.order(NAME).ipAddress("127.0.0.1").issue())
                                .start();
                    case "a stranger" -> builder.tls(STRANGER.issue(NAME)).start();
                    case "self-signed" ->
                        builder.tls(CertificateOrder.selfSigned(NAME)
                                        .dnsNames(NAME)
                                        .issue())
                                .start();
                    case "expired" -> builder.tls(order.expired().issue()).start();
                    case "not yet valid" ->
                        builder.tls(order.notYetValid().issue()).start();
                    case "ending soon" ->
                        builder.tls(order.notAfter(Instant.now().plus(Duration.ofDays(9)))
                                        .issue())
                                .start();
                    case "for clients" ->
                        builder.tls(order.forClientsOnly().issue()).start();
                    default -> builder.tls(order.issue()).start();
                };
        switch (kind) {
            case "dead" -> sink.close();
            case "mute" ->
                sink.on(SmtpStage.CONNECT).after(Duration.ofSeconds(20)).proceed();
            case "closed" -> sink.on(SmtpStage.CONNECT).close();
            case "unwilling" -> sink.on(SmtpStage.CONNECT).reply("554 5.7.1 go away");
            case "choosy" -> sink.on(SmtpStage.HELLO).reply("501 5.5.4 not you");
            case "out of TLS" -> sink.on(SmtpStage.STARTTLS).reply("454 4.7.0 not now");
            case "broken in TLS" -> sink.on(SmtpStage.STARTTLS).replyAndClose("220 go");
            case "averse to us" -> sink.on(SmtpStage.MAIL).reply("550 5.7.1 not from you");
            case "averse to bob" -> sink.on(SmtpStage.RCPT).reply("550 5.1.1 nobody");
            case "greylisting" -> sink.on(SmtpStage.RCPT).reply("451 4.7.1 later");
            default -> {
                // As it comes.
            }
        }
        return sink;
    }
}
