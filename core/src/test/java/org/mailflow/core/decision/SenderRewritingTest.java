package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.Lookup;
import org.mailflow.core.explain.Question;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;

/** Which mail leaves with a sender of ours, and what becomes of mail to such a sender. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field
class SenderRewritingTest {

    private static final EmailAddress PAT = EmailAddress.parse("pat@adatum.com");
    private static final Peer STRANGER =
            new Peer(IpAddress.parse("203.0.113.7"), Optional.empty(), PeerIdentity.none(), Optional.empty());

    private final Path directory;
    private Mailflow mailflow;

    SenderRewritingTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void configuration() throws IOException {
        Files.writeString(directory.resolve("secret"), "a secret of thirty-two characters or more");
        Files.writeString(
                directory.resolve("recipients.csv"),
                """
                primaryAddress,targetAddress,proxyAddresses
                chris@contoso.com,,
                david@contoso.com,david@onprem.contoso.com,
                erin@contoso.com,erin@cpandl.com,
                frank@contoso.com,frank@partner.test,
                grace@contoso.com,grace@lab.test,
                henry@contoso.com,henry@quiet-lab.test,
                a-name-of-forty-octets-that-is-too-long@contoso.com,long@cpandl.com,
                postmaster@contoso.com,,
                chris+SRS=AAAAAAAA=AAA=adatum.com=pat@contoso.com,,
                """);
        mailflow = read("cloud", "");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // sender, recipient of incoming mail, sender that it leaves with
                "pat@adatum.com, erin@contoso.com, 'erin\\+SRS=[A-Z2-7]{8}=[A-Z2-7]{3}=adatum\\.com=pat@contoso\\.com'",
                "pat@adatum.com, frank@contoso.com, 'frank\\+SRS=.*=adatum\\.com=pat@contoso\\.com'",
                "pat@adatum.com, grace@contoso.com, 'grace\\+SRS=.*=adatum\\.com=pat@contoso\\.com'",
                "pat@adatum.com, henry@contoso.com, -",
                "pat@adatum.com, david@contoso.com, -",
                "pat@adatum.com, chris@contoso.com, -",
                "pat@adatum.com, a-name-of-forty-octets-that-is-too-long@contoso.com, 'bounces\\+SRS=.{8}=.{3}@contoso\\.com'",
                "chris@contoso.com, erin@contoso.com, -",
                "david@contoso.mail.onmicrosoft.com, erin@contoso.com, -",
                "erin+SRS=AAAAAAAA=AAA=adatum.com=pat@contoso.com, erin@contoso.com, -",
                "-, erin@contoso.com, -"
            })
    void strangersMailLeavesWithASenderOfOurs(String sender, String recipient, String leavesWith) {
        Optional<EmailAddress> from = Optional.ofNullable(sender).map(EmailAddress::parse);

        Optional<NewSender> rewritten = only(plan(from, incoming(), recipient)).sender();

        if (leavesWith == null) {
            assertThat(rewritten).isEmpty();
        } else {
            assertThat(rewritten.orElseThrow().address().toString()).matches(leavesWith);
            assertThat(rewritten.orElseThrow().reason().text()).contains("no accepted domain of contoso");
        }
    }

    @Test
    void relayedMailTellsNothingOfItsSender() {
        RoutePlan plan = plan(Optional.of(PAT), originating(), "anybody@cpandl.com");

        assertThat(only(plan).sender().orElseThrow().address().toString())
                .matches("bounces\\+SRS=.{8}=.{3}@contoso\\.com");
        assertThat(only(plan).sender().orElseThrow().reason().text()).contains("relayed");
        assertThat(only(plan(Optional.of(EmailAddress.parse("chris@contoso.com")), originating(), "anybody@cpandl.com"))
                        .sender())
                .isEmpty();
    }

    @Test
    void thoseWithAndWithoutANewSenderAreTwoCopies() throws IOException {
        RoutePlan plan =
                plan(Optional.of(PAT), incoming(), "erin@contoso.com", "chris@contoso.com", "david@contoso.com");

        assertThat(plan.groups()).hasSize(3);
        assertThat(plan.groups().stream().filter(copy -> copy.sender().isPresent()))
                .hasSize(1);
    }

    @Test
    void aContactThatIsReaddressedAlreadyIsKnownAsTheForwarder() {
        Resolution resolution = resolve("erin@contoso.com");
        Contacts contacts = Contacts.parse(Contacts.NONE.with(resolution).toText());

        RoutePlan plan = Router.plan(
                mailflow,
                Optional.of(PAT),
                Optional.of(incoming()),
                List.of(EmailAddress.parse("erin@cpandl.com")),
                contacts);

        assertThat(only(plan).sender())
                .isEqualTo(only(plan(Optional.of(PAT), incoming(), "erin@contoso.com"))
                        .sender());
    }

    @ParameterizedTest
    @CsvSource({"cloud, true", "onPremises, false"})
    void isTheCloudsByDefault(String premises, boolean rewritten) throws IOException {
        mailflow = read(premises, "");

        assertThat(only(plan(Optional.of(PAT), incoming(), "erin@contoso.com"))
                        .sender()
                        .isPresent())
                .isEqualTo(rewritten);
    }

    @ParameterizedTest
    @CsvSource({"cloud, false", "onPremises, true"})
    void canBeSwitched(String premises, boolean rewritten) throws IOException {
        mailflow = read(premises, "<senderRewriting>" + rewritten + "</senderRewriting>");

        assertThat(only(plan(Optional.of(PAT), incoming(), "erin@contoso.com"))
                        .sender()
                        .isPresent())
                .isEqualTo(rewritten);
    }

    @Test
    void whatComesBackIsTheFirstSenders() throws IOException {
        EmailAddress sender = only(plan(Optional.of(PAT), incoming(), "erin@contoso.com"))
                .sender()
                .orElseThrow()
                .address();
        // It is read by whoever has the secret, also after it is switched off.
        mailflow = read("cloud", "<senderRewriting>false</senderRewriting>");

        RoutePlan plan = plan(Optional.empty(), incoming(), sender.toString());

        assertThat(resolve(sender.toString()).location()).isEqualTo(new RecipientLocation.External(PAT));
        assertThat(only(plan).route()).isEqualTo(new Route.ByMx());
        assertThat(only(plan).recipients().get(0).deliveryAddress()).isEqualTo(PAT);
        assertThat(explain(sender.toString()).accepted()).isTrue();
        assertThat(Lookup.of(mailflow, sender).recipient().location()).isEqualTo("external: pat@adatum.com");
    }

    @Test
    void whatComesBackWithoutASenderIsThePostmasters() throws IOException {
        EmailAddress sender = only(plan(Optional.of(PAT), originating(), "anybody@cpandl.com"))
                .sender()
                .orElseThrow()
                .address();

        assertThat(resolve(sender.toString()).location())
                .isEqualTo(new RecipientLocation.MailboxHere(EmailAddress.parse("postmaster@contoso.com")));

        Files.writeString(
                directory.resolve("recipients.csv"),
                "primaryAddress,targetAddress,proxyAddresses\nbounces@contoso.com,,\npostmaster@contoso.com,,\n");
        mailflow = read("cloud", "");
        assertThat(resolve(sender.toString()).location())
                .isEqualTo(new RecipientLocation.MailboxHere(EmailAddress.parse("bounces@contoso.com")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "erin+SRS=ABCDEFGH=ABC=adatum.com=pat@contoso.com",
                "bounces+SRS=ABCDEFGH=ABC@contoso.com",
                "erin+SRS=ABCDEFGH=ABC=adatum.com=pat@relay.contoso.com"
            })
    void aForgedSenderIsNobody(String forged) {
        Explanation.OfRecipient explained = explain(forged);

        assertThat(explained.accepted()).isFalse();
        assertThat(explained.reply()).startsWith("550 5.4.1");
        assertThat(explained.steps().get(explained.steps().size() - 1).reason()).contains("its signature is not ours");
        assertThat(only(plan(Optional.empty(), incoming(), forged)).route()).isEqualTo(new Route.UnknownRecipient());
    }

    @Test
    void theDirectoryGoesBeforeTheForm() {
        assertThat(resolve("chris+SRS=AAAAAAAA=AAA=adatum.com=pat@contoso.com").location())
                .isInstanceOf(RecipientLocation.MailboxHere.class);
    }

    @Test
    void aSenderExpires() throws IOException {
        EmailAddress sender = only(plan(Optional.of(PAT), incoming(), "erin@contoso.com"))
                .sender()
                .orElseThrow()
                .address();
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(22));
        mailflow = new MailflowXml(directory.resolve("mailflow.xml"), Map.of(), later)
                .read(1)
                .mailflow()
                .orElseThrow();

        assertThat(resolve(sender.toString()).location()).isEqualTo(new RecipientLocation.Unknown());
        assertThat(resolve(sender.toString()).reason().text()).contains("22 days ago");
    }

    @Test
    void explainShowsTheSender() {
        Explanation.OfRecipient explained = explain("erin@contoso.com");

        assertThat(explained.sender().orElseThrow()).startsWith("erin+SRS=");
        assertThat(explained.steps()).last().satisfies(step -> {
            assertThat(step.question()).isEqualTo("sender");
            assertThat(step.answer()).isEqualTo(explained.sender().orElseThrow());
        });
    }

    private Explanation.OfRecipient explain(String recipient) {
        Question question = new Question(STRANGER, Optional.of(PAT), List.of(EmailAddress.parse(recipient)), List.of());
        return Explainer.explain(mailflow, question, Instant.now()).recipients().get(0);
    }

    private Resolution resolve(String recipient) {
        return RecipientResolver.resolveRecipient(mailflow, EmailAddress.parse(recipient));
    }

    private RoutePlan plan(Optional<EmailAddress> sender, Stamp stamp, String... recipients) {
        return Router.plan(
                mailflow,
                sender,
                Optional.of(stamp),
                Arrays.stream(recipients).map(EmailAddress::parse).toList());
    }

    private static RoutePlan.Group only(RoutePlan plan) {
        assertThat(plan.groups()).hasSize(1);
        return plan.groups().get(0);
    }

    private Stamp incoming() {
        Transaction transaction = new Transaction(mailflow, STRANGER, Optional.of(PAT));
        transaction.decide(EmailAddress.parse("chris@contoso.com"), Instant.now());
        return transaction.stamp(Instant.now());
    }

    private Stamp originating() {
        Stamp stamp = incoming();
        return new Stamp(
                stamp.generation(),
                stamp.clientIp(),
                stamp.tls(),
                stamp.identity(),
                Optional.of("contoso"),
                stamp.connector(),
                Directionality.ORIGINATING,
                stamp.internal(),
                stamp.allowListed(),
                stamp.recoveredIp());
    }

    private Mailflow read(String premises, String settings) throws IOException {
        Path file = Files.writeString(
                directory.resolve("mailflow.xml"),
                """
                <mailflow>
                  <server>
                    <fqdn>mail.contoso.com</fqdn>
                    <secretFile>secret</secretFile>
                  </server>
                  <organization name="contoso" premises="%s">
                    %s
                    <acceptedDomain name="contoso.mail.onmicrosoft.com"/>
                    <acceptedDomain name="relay.contoso.com" type="internalRelay"/>
                    <acceptedDomain name="contoso.com"/>
                    <acceptedDomain name="onprem.contoso.com" type="internalRelay"/>
                    <recipients><file>recipients.csv</file></recipients>
                    <hybrid><targetDeliveryDomain>contoso.mail.onmicrosoft.com</targetDeliveryDomain></hybrid>
                    <outboundConnector name="To our servers">
                      <connectorType>onPremises</connectorType>
                      <recipientDomains>onprem.contoso.com, relay.contoso.com, quiet-lab.test</recipientDomains>
                    </outboundConnector>
                    <outboundConnector name="To the laboratory">
                      <connectorType>onPremises</connectorType>
                      <recipientDomains>lab.test</recipientDomains>
                      <senderRewritingEnabled>true</senderRewritingEnabled>
                    </outboundConnector>
                    <outboundConnector name="To a partner">
                      <connectorType>partner</connectorType>
                      <recipientDomains>partner.test</recipientDomains>
                    </outboundConnector>
                  </organization>
                </mailflow>
                """
                        .formatted(premises, settings));
        Configuration configuration = MailflowXml.read(file, 1);
        assertThat(configuration.errors()).isEmpty();
        return configuration.mailflow().orElseThrow();
    }
}
