package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class MailflowCommandTest {

    @Test
    void showsTheCommandsWhereAskedForNone() {
        CommandRun run = CommandRun.of();

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("Usage: mailflow", "check", "explain", "trace");
    }

    @Test
    void tellsItsVersion() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).matches("(?s)mailflow \\d+\\.\\d+\\.\\d+\\S*\\RJava 17.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "explain", "trace"})
    void everyCommandHasHelpWithItsExitCodes(String command) {
        CommandRun run = CommandRun.of(command, "--help");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("Usage: mailflow " + command, "--json", "Exit codes:");
    }

    @Test
    void saysInTwoLinesWhatIsWrongWithACommandLine() {
        CommandRun run = CommandRun.of("check", "--cnof", "x");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("mailflow: Unknown options: '--cnof', 'x'")
                .endsWith("Try 'mailflow check --help'." + System.lineSeparator());
    }

    @Test
    void showsNoEscapeSequenceOfAnArgument() {
        CommandRun run = CommandRun.of("check", "--\u001B[2J");

        assertThat(run.err()).doesNotContain("\u001B").contains("\\u001B[2J");
    }

    @Test
    void takesFurtherCommands() {
        int exitCode = MailflowCommand.commandLine(new Further()).execute("further");

        assertThat(exitCode).isEqualTo(5);
    }

    @Command(name = "further")
    static final class Further implements Callable<Integer> {
        @Override
        public Integer call() {
            return 5;
        }
    }
}
