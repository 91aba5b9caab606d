package org.mailflow.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private final AtomicLong now = new AtomicLong();
    private final Circuit circuit = new Circuit(now::get);

    @Test
    void asksFreelyWhileTheServerAnswers() {
        assertThat(circuit.refusal()).isEmpty();
        assertThat(circuit.refusal()).isEmpty();
        assertThat(circuit.pausing()).isEmpty();
    }

    @Test
    void afterAFailureOneAsksForAllAfterAWhile() {
        assertThat(circuit.failed("down")).isTrue();
        assertThat(circuit.refusal()).contains("down");

        now.addAndGet(Duration.ofMillis(501).toNanos());

        assertThat(circuit.pausing()).isEmpty();
        assertThat(circuit.refusal()).isEmpty();
        assertThat(circuit.refusal()).contains("down");
    }

    @Test
    void pausesGrowToFiveSecondsAndEndWithAnAnswer() {
        for (int i = 0; i < 20; i++) {
            circuit.failed("down");
        }

        now.addAndGet(Duration.ofMillis(4_999).toNanos());
        assertThat(circuit.pausing()).contains("down");
        now.addAndGet(Duration.ofMillis(2).toNanos());
        assertThat(circuit.pausing()).isEmpty();

        circuit.succeeded();
        assertThat(circuit.trouble()).isEmpty();
        assertThat(circuit.failed("again")).isTrue();
    }
}
