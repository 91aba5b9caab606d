package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.operation.Thresholds;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ThresholdOptionsTest {

    @Command
    private static final class Options {
        @Mixin
        private ThresholdOptions thresholds = new ThresholdOptions();
    }

    @Test
    void readsPairsAndLeavesTheOthersAsTheyAre() throws CommandFailure {
        Thresholds read = read("--oldest-mail=30m, 2d", "--disk-free=5,5");

        assertThat(read.oldestMail()).isEqualTo(new Thresholds.Pair<>(Duration.ofMinutes(30), Duration.ofDays(2)));
        assertThat(read.diskPercentFree()).isEqualTo(new Thresholds.Pair<>(5, 5));
        assertThat(read.queueLength()).isEqualTo(Thresholds.DEFAULT.queueLength());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--oldest-mail=-1h,2h     | is not a warning and a critical threshold",
                "--oldest-mail=1h30m,2h   | is not a warning and a critical threshold",
                "--queue-length=-5,10     | is not a warning and a critical threshold",
                "--queue-length=5         | is not a warning and a critical threshold",
                "--queue-length=2000,200  | the warning comes first",
                "--oldest-mail=2h,1h      | the warning comes first",
                "--disk-free=3,10         | the warning comes first",
                "--certificate-days=7,30  | the warning comes first"
            })
    void refusesWhatWouldNeverWarn(String option, String reason) {
        assertThatThrownBy(() -> read(option))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(reason);
    }

    private static Thresholds read(String... options) throws CommandFailure {
        Options command = new Options();
        new CommandLine(command).parseArgs(options);
        return command.thresholds.thresholds();
    }
}
