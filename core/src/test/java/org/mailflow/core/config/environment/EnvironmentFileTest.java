package org.mailflow.core.config.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.config.Problem;
import org.mailflow.core.config.Problems;

class EnvironmentFileTest {

    @TempDir
    private Path folder = Path.of("");

    private final Problems problems = new Problems();

    @Test
    void shouldReadSettingsWithoutBlanksAndQuotes() throws IOException {
        EnvironmentFile file = read("# a comment", "", "A=one", "B = two words ", "C=\"  kept  \"", "D='x=y#z'", "E=");

        assertThat(file.under(Map.of()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("A", "one", "B", "two words", "C", "  kept  ", "D", "x=y#z", "E", ""));
        assertThat(problems.inOrder()).isEmpty();
    }

    @Test
    void shouldGiveWayToTheProcessUnlessThatIsEmpty() throws IOException {
        EnvironmentFile file = read("A=file", "B=file", "C=file");

        assertThat(file.under(Map.of("A", "process", "B", "", "D", "process")))
                .containsExactlyInAnyOrderEntriesOf(Map.of("A", "process", "B", "file", "C", "file", "D", "process"));
    }

    @Test
    void shouldNameTheLineOfEachMistake() throws IOException {
        read("A=1", "export B=2", "A=3", "C=\"open", "just words");

        assertThat(problems.inOrder())
                .extracting(Problem::toString)
                .containsExactly(
                        "mailflow.env:2:1: error: the line: 'export B=…' sets no variable. Write NAME=value, or # before a"
                                + " comment",
                        "mailflow.env:3:1: error: A: is set twice, first in line 1. Remove one",
                        "mailflow.env:4:1: error: C: begins with a quote and does not end with it. Add the quote at the end",
                        "mailflow.env:5:1: error: the line: sets no variable. Write NAME=value, or # before a comment");
    }

    @Test
    void shouldWarnOfASecretThatEverybodyCanRead() throws IOException {
        Path file = folder.resolve(EnvironmentFile.NAME);
        Files.write(file, List.of("#OTHER_PASSWORD=x", "NO_SECRET=", "LDAP_PASSWORD=hunter2", "FQDN=mail.contoso.com"));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        EnvironmentFile.in(folder, problems);
        assertThat(problems.inOrder()).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        EnvironmentFile.in(folder, problems);

        assertThat(problems.inOrder())
                .singleElement()
                .hasToString("mailflow.env:3:1: warning: LDAP_PASSWORD: is readable by every user of this machine. Run:"
                        + " chmod o-rwx on the file");
    }

    @Test
    void shouldWarnOfAVariableThatNoFileNames() throws IOException {
        Files.writeString(folder.resolve("a.xml"), "<a>${env:MAILFLOW_FQDN:-x}</a>");

        VariableChecks.run(read("MAILFLOW_FQND=y", "#MAILFLOW_FQDN=x", "OTHER=z"), folder, problems);

        assertThat(problems.inOrder())
                .extracting(Problem::toString)
                .containsExactly(
                        "mailflow.env:1:1: warning: MAILFLOW_FQND: is named by no file of this directory: it has no effect."
                                + " Did you mean MAILFLOW_FQDN?",
                        "mailflow.env:3:1: warning: OTHER: is named by no file of this directory: it has no effect. Remove"
                                + " it, or name it in a file as ${env:OTHER}");
    }

    @Test
    void shouldWarnOfAVariableThatTheFileDoesNotHave() throws IOException {
        Files.writeString(folder.resolve("a.xml"), "<a><!-- ${env:NAME}\n -->\n <b>${env:IN_XML}</b></a>");
        Files.writeString(folder.resolve("b.properties"), "# ${env:NAME}\nkey=${env:IN_PROPERTIES:-1}\n");
        Files.writeString(folder.resolve("logback.xml"), "<root level=\"${IN_LOGBACK:-WARN}\"/>");
        Files.writeString(folder.resolve("notes.txt"), "${env:NAME}");

        VariableChecks.run(read("# nothing"), folder, problems);

        assertThat(problems.inOrder())
                .extracting(Problem::toString)
                .containsExactly(
                        "mailflow.env:1:1: warning: the file: does not tell of IN_LOGBACK, IN_PROPERTIES, IN_XML, which"
                                + " other files of this directory name. Add a line for each, as NAME=value or, with what holds"
                                + " without it, as #NAME=value");
        assertThat(VariableChecks.named(folder))
                .hasEntrySatisfying("IN_XML", place -> assertThat(place).hasToString("a.xml:3:5"));
    }

    @Test
    void shouldSayNothingWithoutAFile() throws IOException {
        Files.writeString(folder.resolve("a.xml"), "<a>${env:ANY}</a>");

        VariableChecks.run(EnvironmentFile.in(folder, problems), folder, problems);

        assertThat(problems.inOrder()).isEmpty();
        assertThat(EnvironmentFile.variables(folder, Map.of("A", "1"))).isEqualTo(Map.of("A", "1"));
    }

    private EnvironmentFile read(String... lines) throws IOException {
        Files.write(folder.resolve(EnvironmentFile.NAME), List.of(lines));
        return EnvironmentFile.in(folder, problems);
    }
}
