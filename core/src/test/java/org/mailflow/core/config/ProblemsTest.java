package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every error and warning. The files in {@code config/problems} say in a comment, on the line of the problem, what must be
 * found there; nothing else may be found.
 */
class ProblemsTest {

    private static final Pattern EXPECTED = Pattern.compile("<!-- ((?:error|warning): .*?) -->");

    private final ConfigurationFolder folder;

    ProblemsTest(@TempDir Path folder) throws IOException {
        this.folder = ConfigurationFolder.in(folder).with(ConfigurationFolder.RESOURCES.resolve("problems"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "structure.xml",
                "values.xml",
                "inbound.xml",
                "outbound.xml",
                "client.xml",
                "domains.xml",
                "centralized.xml"
            })
    void findsEveryProblemInItsLineAndNoOther(String name) throws IOException {
        Configuration configuration = folder.read(name, Map.of());

        assertThat(configuration.mailflow()).isEmpty();
        assertThat(inFile(configuration, name)).containsExactlyInAnyOrderElementsOf(expected(name));
    }

    @Test
    void findsRecipientsWhoseDomainIsNotAccepted() {
        Configuration configuration = folder.read("domains.xml", Map.of());

        assertThat(configuration.problems())
                .filteredOn(problem -> problem.location().file().equals("strangers.csv"))
                .singleElement()
                .hasToString(
                        "strangers.csv:3:1: warning: primaryAddress: nowhere.example is no accepted domain of contoso: "
                                + "nothing finds this recipient by its primary address. Correct the address, or add an "
                                + "<acceptedDomain name=\"nowhere.example\">");
    }

    @Test
    void givesASnapshotInSpiteOfWarnings() throws IOException {
        Configuration configuration = folder.read(
                """
                <mailflow>
                  <server><fqdn>mail.contoso.com</fqdn></server>
                  <organization name="contoso" premises="cloud"/>
                </mailflow>
                """);

        assertThat(configuration.mailflow()).isPresent();
        assertThat(configuration.errors()).isEmpty();
        assertThat(configuration.problems()).hasSize(1);
    }

    private List<String> expected(String name) throws IOException {
        List<String> expected = new ArrayList<>();
        List<String> lines = Files.readAllLines(folder.file(name));
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = EXPECTED.matcher(lines.get(i));
            while (matcher.find()) {
                expected.add((i + 1) + " " + matcher.group(1));
            }
        }
        return expected;
    }

    private static List<String> inFile(Configuration configuration, String name) {
        return configuration.problems().stream()
                .filter(problem -> problem.location().file().equals(name))
                .map(problem -> problem.location().line() + " " + (problem.isError() ? "error" : "warning") + ": "
                        + problem.element() + ": "
                        // What the JDK says of a broken file is not ours to fix.
                        + problem.message().replaceAll("(cannot be used: ).*", "$1…"))
                .toList();
    }
}
