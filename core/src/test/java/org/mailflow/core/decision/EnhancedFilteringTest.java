package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.Explanation.OfRecipient;
import org.mailflow.core.explain.Question;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.mime.RawField;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

/** Where a mail came from, and what that changes, for the configuration in {@code enhancedfiltering}. */
class EnhancedFilteringTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Mailflow MAILFLOW = mailflow();

    private static Mailflow mailflow() {
        Configuration configuration = MailflowXml.read(Path.of("src/test/resources/enhancedfiltering/mailflow.xml"), 1);
        assertThat(configuration.errors()).isEmpty();
        return configuration.mailflow().orElseThrow();
    }

    private static Peer peer(String client) {
        String[] parts = client.split(" ", -1);
        PeerIdentity identity = parts.length == 1 ? PeerIdentity.none() : new PeerIdentity.Verified(List.of(parts[1]));
        return new Peer(
                IpAddress.parse(parts[0]),
                Optional.of(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384")),
                identity,
                Optional.empty());
    }

    private static Transaction transaction(String client, String sender, String recipients) {
        Optional<EmailAddress> from = sender.equals("<>") ? Optional.empty() : Optional.of(EmailAddress.parse(sender));
        Transaction transaction = new Transaction(MAILFLOW, peer(client), from);
        for (String recipient : recipients.split(" ", -1)) {
            RecipientDecision decision = transaction.decide(EmailAddress.parse(recipient), NOW);
            assertThat(decision.isAccepted()).as(decision.toString()).isTrue();
        }
        return transaction;
    }

    /** A hop of Postfix, or what is written in full. */
    private static List<String> chain(String received) {
        return received.equals("-")
                ? List.of()
                : Arrays.stream(received.split(" // ", -1))
                        .map(hop -> hop.contains(" ") ? hop : "from x (x [" + hop + "]) by y (Postfix) with ESMTP id 1")
                        .toList();
    }

    private static String text(Optional<IpAddress> address) {
        return address.map(IpAddress::toString).orElse("-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
            # client | sender | recipients | Received, top-down | found | counts
            # The list: every server in it is looked past, and private addresses are
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 192.0.2.5 // 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 192.0.2.5 // 2001:db8:1::9 // 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 10.0.0.9 // 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 172.16.0.9 // 192.168.4.4 // 127.0.0.1 // fd00::1 // ::1 // 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 2001:db8:2::7 | 2001:db8:2::7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 192.0.2.10 | 192.0.2.10 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 172.32.0.1 | 172.32.0.1 | yes
            10.1.1.1 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.1 | <> | chris@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com info@contoso.com david@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            # Below the first address that is not looked past nothing is read: anybody wrote it
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 // 203.0.113.66 | 203.0.113.7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 // 192.0.2.5 // 203.0.113.66 | 203.0.113.7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 // 10.0.0.1 // 203.0.113.66 | 203.0.113.7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 // nonsense here | 203.0.113.7 | yes
            # What a client says in EHLO is in the header as well, and is no address
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | from [203.0.113.66] (unknown [203.0.113.7]) by y (Postfix) with ESMTP | 203.0.113.7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | from [192.0.2.5] (unknown [203.0.113.7]) by y (Postfix) with ESMTP // 203.0.113.66 | 203.0.113.7 | yes
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | from [203.0.113.7] (helo=[192.0.2.5]) by y with esmtp (Exim 4.96) // 203.0.113.66 | 203.0.113.7 | yes
            # Doubt: the connecting address is the source
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | - | - | no
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 192.0.2.5 | - | no
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 10.0.0.1 // 10.0.0.2 | - | no
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | by y (Postfix, from userid 1000) id 1 // 203.0.113.7 | - | no
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | from x by y with ESMTP // 203.0.113.7 | - | no
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | 192.0.2.5 // from x (EHLO z) ([203.0.113.7]) by y // 203.0.113.66 | - | no
            192.0.2.1 | erin@cpandl.com | chris@contoso.com | from x (x [203.0.113.999]) by y // 203.0.113.7 | - | no
            # A server of the connector that is not to be looked past is itself the source
            198.51.100.1 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 | - | no
            198.51.100.1 | erin@cpandl.com | chris@contoso.com | 192.0.2.5 // 203.0.113.7 | - | no
            # Nobody else's Received headers are read
            203.0.113.9 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 | - | no
            203.0.113.9 | erin@cpandl.com | chris@contoso.com | 192.0.2.1 // 203.0.113.7 | - | no
            192.0.2.64 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 | - | no
            198.51.100.200 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 | - | no
            # The last server alone
            192.0.2.32 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.32 | erin@cpandl.com | chris@contoso.com | 192.0.2.5 // 203.0.113.7 | 192.0.2.5 | yes
            192.0.2.32 | erin@cpandl.com | chris@contoso.com | 10.0.0.1 // 203.0.113.7 | 203.0.113.7 | yes
            2001:db8:32::1 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.32 | erin@cpandl.com | chris@contoso.com | - | - | no
            # A pilot: all recipients, by their own or by their delivery address
            192.0.2.48 | erin@cpandl.com | chris@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.48 | erin@cpandl.com | CHRIS@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.48 | erin@cpandl.com | info@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.48 | erin@cpandl.com | dave@contoso.com chris@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.48 | erin@cpandl.com | chris@contoso.com erin.contact@contoso.com | 203.0.113.7 | 203.0.113.7 | no
            192.0.2.48 | erin@cpandl.com | erin.contact@contoso.com | 203.0.113.7 | 203.0.113.7 | no
            192.0.2.48 | erin@cpandl.com | erin.contact@contoso.com | - | - | no
            # Whom a connector identifies by one accepted domain, it identifies for mail to another, too
            192.0.2.56 | chris@contoso.com | x@relay.contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            192.0.2.56 | erin@cpandl.com | x@relay.contoso.com | 203.0.113.7 | - | no
            # A partner, proven by certificate or address, for its sender domains
            203.0.113.9 mx.filter.example | a@tailspin.example | chris@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            203.0.113.9 mx.filter.example | erin@cpandl.com | chris@contoso.com | 203.0.113.7 | - | no
            203.0.113.9 mx.other.example | erin@cpandl.com | chris@contoso.com | 203.0.113.7 | - | no
            203.0.113.9 mx.filter.example | a@tailspin.example | anna@adatum.example | 203.0.113.7 | - | no
            203.0.113.9 mx.filter.example | a@tailspin.example | chris@contoso.com anna@adatum.example | 203.0.113.7 | 203.0.113.7 | no
            198.51.100.10 | w@wingtip.example | chris@contoso.com | 203.0.113.7 | 203.0.113.7 | yes
            198.51.100.10 | w@wingtip.example | chris@contoso.com anna@adatum.example | 203.0.113.7 | 203.0.113.7 | yes
            198.51.100.10 | w@wingtip.example | chris@contoso.com anna@adatum.example | 198.51.100.10 // 203.0.113.7 | 198.51.100.10 | no
            """)
    void findsTheSource(String client, String sender, String recipients, String received, String found, String counts) {
        Transaction transaction = transaction(client, sender, recipients);

        MailSource source = transaction.readSource(chain(received));

        IpAddress connecting = IpAddress.parse(client.split(" ", -1)[0]);
        assertThat(text(source.skipListed())).as(source.toString()).isEqualTo(found);
        assertThat(text(source.recovered())).as(source.toString()).isEqualTo(counts.equals("yes") ? found : "-");
        assertThat(source.address()).isEqualTo(source.recovered().orElse(connecting));
        assertThat(transaction.stamp(NOW).clientIp()).isEqualTo(connecting);
        assertThat(transaction.stamp(NOW).recoveredIp()).isEqualTo(source.recovered());
        assertThat(source.reason().text()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // client, source, reply at the end of DATA, allow-listed
        "192.0.2.1, 203.0.113.7, -, false",
        "192.0.2.1, 203.0.113.70, 5.7.513, false",
        "192.0.2.1, 203.0.113.66, -, true",
        "192.0.2.1, 2001:db8:bad::7, 5.7.513, false",
        "192.0.2.32, 203.0.113.70, 5.7.513, false",
        // The gateway is on the allow list, and what it hands on without a trace is not its own.
        "192.0.2.1, -, -, false",
        "192.0.2.32, -, -, false",
        "203.0.113.9, 203.0.113.70, -, false",
        "203.0.113.9, 203.0.113.66, -, false"
    })
    void theIpListsAreAskedAboutTheSource(String client, String source, String status, boolean allowListed) {
        Transaction transaction = transaction(client, "erin@cpandl.com", "chris@contoso.com");
        transaction.readSource(chain(source));

        assertThat(transaction
                        .refusalOfSource(NOW)
                        .map(refused -> refused.reply().enhancedStatus())
                        .orElse("-"))
                .isEqualTo(status);
        assertThat(transaction.stamp(NOW).allowListed()).isEqualTo(allowListed);
    }

    @Test
    void aBlockNamesTheSourceAndTheEntry() {
        Transaction transaction = transaction("192.0.2.1", "erin@cpandl.com", "chris@contoso.com");
        transaction.readSource(chain("203.0.113.70"));

        RecipientDecision.Refused refused = transaction.refusalOfSource(NOW).orElseThrow();

        assertThat(refused.reply()).isEqualTo(Reply.blocked("203.0.113.70"));
        assertThat(refused.reason().text()).isEqualTo("203.0.113.70 is on the IP block list: 203.0.113.64/27, botnet");
        assertThat(refused.reason().decidedBy().orElseThrow().line()).isEqualTo(9);
    }

    @Test
    void explainTellsTheSourceAndWhatComesOfIt() {
        OfRecipient good = explain("192.0.2.1", List.of("from x (x [203.0.113.7]) by y (Postfix)"));
        OfRecipient blocked = explain("192.0.2.1", List.of("from x (x [203.0.113.70]) by y (Postfix)"));
        OfRecipient unread = explain("192.0.2.1", List.of());
        OfRecipient stranger = explain("203.0.113.9", List.of("from x (x [203.0.113.70]) by y (Postfix)"));

        assertThat(step(good, "source").answer()).isEqualTo("203.0.113.7");
        assertThat(step(good, "source").reason())
                .isEqualTo("inbound connector 'Chain': 192.0.2.1 is looked past, and the mail came from 203.0.113.7");
        assertThat(step(good, "source").decidedBy())
                .hasValueSatisfying(place -> assertThat(place).startsWith("mailflow.xml:"));
        assertThat(step(good, "antispam report").answer()).startsWith("CIP:203.0.113.7;");
        assertThat(blocked.accepted()).isFalse();
        assertThat(blocked.reply()).isEqualTo(Reply.blocked("203.0.113.70").toString());
        assertThat(step(blocked, "end of DATA").answer()).isEqualTo(blocked.reply());
        assertThat(step(unread, "source").answer()).isEqualTo("192.0.2.1");
        assertThat(step(unread, "source").reason()).contains("Received headers tell");
        assertThat(stranger.steps()).noneMatch(step -> step.question().equals("source"));
        assertThat(step(stranger, "antispam report").answer()).isEqualTo("CIP:203.0.113.9;IPV:NLI;DIR:INB;");
    }

    private static OfRecipient explain(String client, List<String> received) {
        Question question = new Question(
                peer(client),
                Optional.of(EmailAddress.parse("erin@cpandl.com")),
                List.of(EmailAddress.parse("chris@contoso.com")),
                received.stream().map(value -> RawField.of("Received", value)).toList());
        return Explainer.explain(MAILFLOW, question, NOW).recipients().get(0);
    }

    private static Explanation.Step step(OfRecipient recipient, String question) {
        return recipient.steps().stream()
                .filter(step -> step.question().equals(question))
                .findFirst()
                .orElseThrow();
    }
}
