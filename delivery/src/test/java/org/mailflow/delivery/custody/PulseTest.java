package org.mailflow.delivery.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final AtomicLong now = new AtomicLong();
    private final Pulse pulse = new Pulse(2, false, now::get);

    @Test
    void aProbeThatComesThroughInTimeIsNoComplaint() {
        pulse.sent("1");
        pass(Duration.ofMinutes(4));
        pulse.seen("1");
        pass(Duration.ofHours(1));

        assertThat(pulse.awaitsProbe()).isFalse();
        assertThat(pulse.complaint(LIMIT)).isEmpty();
    }

    @Test
    void aProbeThatWaitsWhileNothingMovesIsAComplaint() {
        pulse.sent("1");
        pass(Duration.ofMinutes(6));

        assertThat(pulse.complaint(LIMIT))
                .hasValueSatisfying(text -> assertThat(text).contains("360 s", "2 of 2"));
    }

    @Test
    void aQueueOnHoldIsNoComplaintNorIsItWhenItIsReleased() {
        pulse.sent("1");
        pass(Duration.ofMinutes(6));

        pulse.rest();

        assertThat(pulse.complaint(LIMIT)).isEmpty();
        pulse.sent("2");
        assertThat(pulse.complaint(LIMIT)).isEmpty();
    }

    @Test
    void aProbeBehindMailThatMovesIsNone() {
        pulse.sent("1");
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMinutes(4));
            pulse.took();
            pulse.finished();
        }

        assertThat(pulse.complaint(LIMIT)).isEmpty();
        assertThat(pulse.awaitsProbe()).isTrue();
    }

    @Test
    void workersThatAreAllAtTheSameMailsForTooLongAreAComplaint() {
        pulse.sent("1");
        pulse.took();
        pulse.took();
        pass(Duration.ofMinutes(6));

        assertThat(pulse.complaint(LIMIT))
                .hasValueSatisfying(text -> assertThat(text).contains("all of its 2 workers"));
    }

    @Test
    void butNotWhereTheirWorkHasLimitsOfItsOwn() {
        Pulse slow = new Pulse(2, true, now::get);
        slow.sent("1");
        slow.took();
        slow.took();
        pass(Duration.ofHours(2));

        assertThat(slow.complaint(LIMIT)).isEmpty();

        slow.finished();
        pass(Duration.ofMinutes(6));
        assertThat(slow.complaint(LIMIT)).isPresent();
    }

    @Test
    void anOldProbeProvesThatTheQueueMovesAndNoMore() {
        pulse.sent("2");
        pass(Duration.ofMinutes(3));
        pulse.seen("1");

        assertThat(pulse.awaitsProbe()).isTrue();
        pass(Duration.ofMinutes(4));
        assertThat(pulse.complaint(LIMIT)).isEmpty();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
