package org.mailflow.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueSummaryTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void tellsTheReplyOfTheMailThatWasTriedLastWhicheverIsTriedNext() {
        QueuedMail early = mail("Mail1", NOW.minusSeconds(600), NOW.plusSeconds(3_600), "451 4.3.0 An old story");
        QueuedMail late = mail("Mail2", NOW.minusSeconds(5), NOW.plusSeconds(55), "451 4.7.1 Greylisted");

        QueueSummary summary =
                QueueSummary.of("contoso/Partner", QueueKind.CONNECTOR, false, true, List.of(late, early));

        assertThat(summary.lastReply()).contains("451 4.7.1 Greylisted");
        assertThat(summary.nextAttempt()).contains(NOW.plusSeconds(55));
    }

    private static QueuedMail mail(String id, Instant lastTry, Instant nextAttempt, String reply) {
        return new QueuedMail(
                id,
                "contoso/Partner",
                MailState.WAITING,
                "chris@contoso.com",
                List.of("bob@fabrikam.com"),
                1,
                NOW.minusSeconds(1_000),
                1,
                Optional.of(nextAttempt),
                Optional.of(lastTry),
                Optional.of(reply));
    }
}
