package org.mailflow.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

    private static final FaultSchedule TWO =
            new FaultSchedule(List.of(Duration.ofSeconds(10), Duration.ofMinutes(1)), Optional.empty());

    @Test
    void waitsLongerFromTryToTryAndThenGivesUp() {
        assertThat(TWO.tries()).isEqualTo(3);
        assertThat(TWO.next(1)).contains(Duration.ofSeconds(10));
        assertThat(TWO.next(2)).contains(Duration.ofMinutes(1));
        assertThat(TWO.next(3)).isEmpty();
        assertThat(TWO.next(30)).isEmpty();
        assertThat(TWO.last()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void needsAnInterval() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FaultSchedule(List.of(), Optional.empty()))
                .withMessageContaining("one interval");
    }
}
