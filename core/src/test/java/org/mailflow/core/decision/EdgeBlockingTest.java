package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.RecipientDecision.Refused;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;

/** Directory based edge blocking: what a stranger is told about a recipient, and where mail that is taken would go. */
class EdgeBlockingTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Peer STRANGER = Peer.inClearText(IpAddress.parse("203.0.113.7"));

    private static RecipientDecision decide(Mailflow mailflow, String recipient) {
        return FrontDoor.decide(mailflow, STRANGER, Optional.of(Contoso.ERIN), EmailAddress.parse(recipient), NOW);
    }

    private static String reply(RecipientDecision decision) {
        return decision.outcome() instanceof Refused refused
                ? refused.reply().code() + " " + refused.reply().enhancedStatus()
                : "250";
    }

    private static String way(Mailflow mailflow, String recipient) {
        return Router.plan(
                        mailflow, Optional.of(Contoso.ERIN), Optional.empty(), List.of(EmailAddress.parse(recipient)))
                .groups()
                .get(0)
                .route()
                .word();
    }

    @ParameterizedTest
    @CsvSource({
        // Authoritative: who is in the directory, by any of his addresses
        "chris@contoso.com, 250, local",
        "CHRIS@Contoso.COM, 250, local",
        "info@contoso.com, 250, local",
        "david@contoso.com, 250, connector contoso/To the cloud",
        "nobody@contoso.com, 550 5.4.1, -",
        "chris+news@contoso.com, 550 5.4.1, -",
        "flaky@contoso.com, 451 4.3.0, -",
        // Internal relay: anybody, by a connector; without one the mail waits for it
        "old@legacy.contoso.com, 250, connector contoso/To the old servers",
        "nobody@legacy.contoso.com, 250, connector contoso/To the old servers",
        "stranded@stranded.contoso.com, 250, unreachable",
        // External relay: anybody
        "whoever@outside.contoso.com, 250, mx",
        // No accepted domain, whatever it looks like; a routing address is no way in from outside
        "chris@sub.contoso.com, 550 5.7.1, -",
        "chris@sub.legacy.contoso.com, 550 5.7.1, -",
        "chris@contoso.com.example, 550 5.7.1, -",
        "chris@notcontoso.com, 550 5.7.1, -",
        "chris@com, 550 5.7.1, -",
        "david@contoso.mail.onmicrosoft.com, 550 5.7.1, -",
        "erin@cpandl.com, 550 5.7.1, -",
    })
    void takesWhoIsKnownAndRelayedDomains(String recipient, String reply, String way) {
        Mailflow mailflow = Contoso.mailflow();

        RecipientDecision decision = decide(mailflow, recipient);

        assertThat(reply(decision)).as(decision.toString()).isEqualTo(reply);
        assertThat(decision.isAccepted() ? way(mailflow, recipient) : "-").isEqualTo(way);
    }

    /** Whether it would be relayed depends on the directory as well: a relayed domain may have mailboxes here. */
    @ParameterizedTest
    @CsvSource({
        "chris@contoso.com, 451 4.3.0",
        "nobody@contoso.com, 451 4.3.0",
        "old@legacy.contoso.com, 451 4.3.0",
        "whoever@outside.contoso.com, 451 4.3.0",
        "chris@sub.contoso.com, 550 5.7.1",
        "erin@cpandl.com, 550 5.7.1",
    })
    void withoutADirectoryNobodyIsTurnedAwayForGood(String recipient, String reply) {
        RecipientDirectory unavailable = address -> new DirectoryAnswer.Unavailable("no route to host");

        assertThat(reply(decide(Contoso.mailflow(unavailable), recipient))).isEqualTo(reply);
    }
}
