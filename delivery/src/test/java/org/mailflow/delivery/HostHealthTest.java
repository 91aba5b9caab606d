package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailflow.core.model.OutboundLimits;
import org.mailflow.delivery.HostHealth.Answer;
import org.mailflow.delivery.HostHealth.Phase;

class HostHealthTest {

    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final OutboundLimits LIMITS =
            new OutboundLimits(20, 4, 3, List.of(Duration.ofSeconds(30), Duration.ofMinutes(2)));

    private static HostHealth well() {
        return HostHealth.unknown(NOW);
    }

    private static HostHealth leftAlone() {
        HostHealth health = well();
        for (int i = 0; i < 3; i++) {
            health = health.troubled("no answer", false, LIMITS, NOW);
        }
        return health;
    }

    @Test
    void isLeftAloneAfterSoManyTroublesInARow() {
        HostHealth almost = well().troubled("no answer", false, LIMITS, NOW).troubled("no answer", false, LIMITS, NOW);

        assertThat(almost.phase()).isEqualTo(Phase.WELL);
        assertThat(almost.succeeded(LIMITS, NOW)
                        .troubled("x", false, LIMITS, NOW)
                        .phase())
                .isEqualTo(Phase.WELL);
        assertThat(leftAlone().phase()).isEqualTo(Phase.LEFT_ALONE);
        assertThat(leftAlone().until()).isEqualTo(NOW.plusSeconds(30));
        assertThat(leftAlone().reason()).isEqualTo("no answer");
    }

    @Test
    void oneGraveTroubleIsEnough() {
        assertThat(well().troubled("wrong password", true, LIMITS, NOW).phase()).isEqualTo(Phase.LEFT_ALONE);
    }

    @Test
    void isAskedByOneMailWhenTheTimeIsOver() {
        Instant due = NOW.plusSeconds(30);

        assertThat(leftAlone().admits(0, 0, LIMITS, due.minusMillis(1))).isEqualTo(Answer.NO);
        assertThat(leftAlone().admits(0, 0, LIMITS, due)).isEqualTo(Answer.YES);
        assertThat(leftAlone().admits(1, 1, LIMITS, due)).isEqualTo(Answer.RECOVERS);
        assertThat(leftAlone().asked().admits(1, 1, LIMITS, due)).isEqualTo(Answer.RECOVERS);
    }

    @Test
    void isLeftAloneLongerEachTimeAndSinceTheFirst() {
        HostHealth second = leftAlone().asked().troubled("still", false, LIMITS, NOW.plusSeconds(30));
        HostHealth third = second.asked().troubled("still", false, LIMITS, NOW.plusSeconds(150));

        assertThat(second.until()).isEqualTo(NOW.plusSeconds(150));
        assertThat(third.until()).isEqualTo(NOW.plusSeconds(270));
        assertThat(third.since()).isEqualTo(NOW);
    }

    @Test
    void hasMoreAtOnceWithEachMailThatSucceedsUntilItIsWell() {
        HostHealth health = leftAlone().asked();
        for (int allowance = 1; allowance < 4; allowance++) {
            assertThat(health.admits(allowance - 1, allowance - 1, LIMITS, NOW)).isEqualTo(Answer.YES);
            assertThat(health.admits(allowance, allowance, LIMITS, NOW)).isEqualTo(Answer.RECOVERS);
            health = health.succeeded(LIMITS, NOW);
            assertThat(health.phase()).isEqualTo(Phase.RECOVERING);
        }

        assertThat(health.succeeded(LIMITS, NOW).isForgettable()).isTrue();
    }

    @Test
    void aTroubleWhileItRecoversIsEnough() {
        HostHealth health = leftAlone().asked().succeeded(LIMITS, NOW.plusSeconds(40));

        HostHealth again = health.troubled("again", false, LIMITS, NOW.plusSeconds(60));

        assertThat(again.phase()).isEqualTo(Phase.LEFT_ALONE);
        assertThat(again.since()).isEqualTo(NOW.plusSeconds(60));
        assertThat(again.until()).isEqualTo(NOW.plusSeconds(180));
    }

    @Test
    void mailsThatWereThereBeforeChangeNothing() {
        assertThat(leftAlone().succeeded(LIMITS, NOW)).isEqualTo(leftAlone());
        assertThat(leftAlone().troubled("late", false, LIMITS, NOW.plusSeconds(5)))
                .isEqualTo(leftAlone());
    }

    @Test
    void hasNoMoreSessionsThanItMayOverAllConnectors() {
        assertThat(well().admits(3, 3, LIMITS, NOW)).isEqualTo(Answer.YES);
        assertThat(well().admits(4, 4, LIMITS, NOW)).isEqualTo(Answer.FULL);
        assertThat(well().admits(0, 4, LIMITS, NOW)).isEqualTo(Answer.FULL);
    }

    @Test
    void isAskedAtOnceWhereSomebodyMendedSomething() {
        assertThat(leftAlone().dueNow(NOW).admits(0, 0, LIMITS, NOW)).isEqualTo(Answer.YES);
        assertThat(well().dueNow(NOW)).isEqualTo(well());
    }
}
