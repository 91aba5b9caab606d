package org.mailflow.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {

    private final RetrySchedule schedule =
            new RetrySchedule(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)), Duration.ofHours(1));

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "1, 0, 1", "2, 1, 5", "3, 6, 5", "100, 55, 5"})
    void waitsLongerUntilTheLastIntervalRepeats(int failures, int ageInMinutes, int waitInMinutes) {
        assertThat(schedule.next(failures, Duration.ofMinutes(ageInMinutes)))
                .contains(Duration.ofMinutes(waitInMinutes));
    }

    @Test
    void givesUpWhereTheNextRetryWouldComeTooLate() {
        assertThat(schedule.next(3, Duration.ofMinutes(56))).isEmpty();
        assertThat(schedule.next(1, Duration.ofHours(2))).isEmpty();
    }
}
