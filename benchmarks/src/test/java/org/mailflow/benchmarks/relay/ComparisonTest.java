package org.mailflow.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    private static final Effort LITTLE = new Effort(40, Duration.ofMinutes(2));

    @Test
    void ourServerIsMeasuredAndLosesNothing(@TempDir Path directory) throws Exception {
        Installation ours = new Installation(
                System.getProperty("java.class.path"),
                Path.of("..", "conf", "onpremises"),
                List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
        StringWriter told = new StringWriter();
        Results results;

        try (Systems systems = Systems.in(directory, Map.of(SystemName.OURS, ours))) {
            results = new Comparison(List.of(SystemName.OURS), 1, 10, cell -> LITTLE, new PrintWriter(told))
                    .measure(systems, Cells.of(List.of("plain-4k-10", "tls-4k-10")));
        }

        assertThat(results.isSound()).isTrue();
        assertThat(results.byCell()).containsOnlyKeys("plain-4k-10", "tls-4k-10");
        assertThat(results.byCell().values()).allSatisfy(systems -> assertThat(systems.get(SystemName.OURS))
                .singleElement()
                .satisfies(measured -> {
                    assertThat(measured.mails()).isEqualTo(LITTLE.mails());
                    assertThat(measured.perSecond()).isPositive();
                    assertThat(measured.p99()).isPositive();
                    assertThat(measured.peakKib()).isPositive();
                }));
        assertThat(told.toString()).contains("plain-4k-10").contains("40 mails").doesNotContain("LOST");
    }
}
