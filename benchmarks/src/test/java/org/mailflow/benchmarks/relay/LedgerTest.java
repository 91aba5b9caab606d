package org.mailflow.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Arrivals arrivals = new Arrivals();
    private final Ledger ledger = arrivals.begin(4, 100);

    @Test
    void aMailThatWasAcceptedAndNeverArrivedIsMissing() {
        submit(0);
        submit(1);
        ledger.end();

        arrivals.arrive(ledger.mail(1), 100);

        assertThat(ledger.missing()).isEqualTo(1);
        assertThat(ledger.isComplete(Ledger.Share.ALL)).isFalse();
        assertThat(ledger.isComplete(number -> number == 1)).isTrue();
    }

    @Test
    void aMailThatArrivesBeforeItsAnswerIsReadIsNotMissing() {
        arrivals.arrive(ledger.mail(0), 100);
        submit(0);
        ledger.end();

        assertThat(ledger.missing()).isZero();
        assertThat(ledger.isComplete(Ledger.Share.ALL)).isTrue();
    }

    @Test
    void nothingIsCompleteBeforeTheLastMailIsSubmitted() {
        submit(0);

        arrivals.arrive(ledger.mail(0), 100);

        assertThat(ledger.isComplete(Ledger.Share.ALL)).isFalse();
    }

    @Test
    void whatComesTwiceAndWhatComesInPartIsCounted() {
        submit(0);

        arrivals.arrive(ledger.mail(0), 100);
        arrivals.arrive(ledger.mail(0), 99);

        assertThat(ledger.arrived()).isEqualTo(1);
        assertThat(ledger.duplicates()).isEqualTo(1);
        assertThat(ledger.damaged()).isEqualTo(1);
    }

    @Test
    void mailOfAnotherMeasurementIsNoBusinessOfThisOne() {
        Ledger other = arrivals.begin(4, 100);

        arrivals.arrive(other.mail(0), 100);

        assertThat(ledger.arrived()).isZero();
        assertThat(other.arrived()).isEqualTo(1);
    }

    @Test
    void percentilesAreThoseOfTheNearestRank() {
        long[] latencies = {1_000_000, 2_000_000, 3_000_000, 4_000_000};

        Timing timing = new Timing(Duration.ofSeconds(2), latencies);

        assertThat(timing.perSecond()).isEqualTo(2);
        assertThat(timing.percentile(0.5)).isEqualTo(2);
        assertThat(timing.percentile(0.99)).isEqualTo(4);
    }

    private void submit(int number) {
        ledger.begin(number, System.nanoTime());
        ledger.accept(number, 1024 + number);
    }
}
