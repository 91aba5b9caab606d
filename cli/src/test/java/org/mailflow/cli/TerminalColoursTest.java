package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TerminalColoursTest {

    @Test
    void paintsATerminalAlone() {
        assertThat(TerminalColours.wanted(Map.of("TERM", "xterm"), true)).isEqualTo(Ansi.ON);
        assertThat(TerminalColours.wanted(Map.of("TERM", "xterm"), false)).isEqualTo(Ansi.OFF);
    }

    @Test
    void honoursNoColor() {
        assertThat(TerminalColours.wanted(Map.of("NO_COLOR", "1"), true)).isEqualTo(Ansi.OFF);
        assertThat(TerminalColours.wanted(Map.of("NO_COLOR", ""), true)).isEqualTo(Ansi.ON);
        assertThat(TerminalColours.wanted(Map.of("TERM", "dumb"), true)).isEqualTo(Ansi.OFF);
    }

    @Test
    void aProcessWithoutTheLaunchersWordHasNoTerminal() {
        assertThat(TerminalColours.ofThisProcess()).isEqualTo(Ansi.OFF);
    }
}
