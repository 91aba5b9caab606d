package org.mailflow.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.config.Problem;

/**
 * However a line of a shipped file is damaged, reading it ends in problems with a place and a remedy, or in none. A file is
 * damaged beside the shortest that the others may be, in a folder for each line.
 */
class DamagedJamesFilesTest {

    private static final String MAILET_CONTAINER = "mailetcontainer.xml";
    private static final String SMTP_SERVER = "smtpserver.xml";
    private static final String REPOSITORY_STORE = "mailrepositorystore.xml";
    private static final Path SHIPPED = Path.of("..", "conf", "onpremises");
    private static final Path BARE = Path.of("src", "test", "resources", "config", "james", "bare");
    private static final List<BiFunction<List<String>, Integer, List<String>>> DAMAGES = List.of(
            (lines, i) -> replaced(lines, i, List.of()),
            (lines, i) -> replaced(lines, i, List.of(lines.get(i), lines.get(i))),
            (lines, i) -> replaced(lines, i, List.of(lines.get(i).replaceFirst("[a-z]", ""))),
            (lines, i) -> replaced(lines, i, List.of(lines.get(i).replaceFirst("=\"[^\"]*\"", "=\"\""))),
            (lines, i) -> replaced(lines, i, List.of(lines.get(i).replaceFirst(">[^<]+<", "><"))),
            (lines, i) -> replaced(lines, i, List.of(lines.get(i).replaceFirst("[>/]", ""))));

    private final Path folder;

    DamagedJamesFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {MAILET_CONTAINER, SMTP_SERVER, REPOSITORY_STORE})
    void endsInProblems(String name) throws IOException {
        List<String> sound = Files.readAllLines(SHIPPED.resolve(name));

        List<Problem> ofOthers = problems(name, sound.size(), sound);
        List<Problem> found = IntStream.range(0, sound.size())
                .parallel()
                .boxed()
                .flatMap(line -> DAMAGES.stream()
                        .map(damage -> damage.apply(sound, line))
                        .filter(damaged -> !damaged.equals(sound))
                        .distinct()
                        .flatMap(damaged -> problems(name, line, damaged).stream()))
                .filter(problem -> !ofOthers.contains(problem))
                .toList();

        assertThat(found).hasSizeGreaterThan(sound.size() / 2).allSatisfy(problem -> {
            assertThat(problem.location().line()).isPositive();
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.remedy()).isNotBlank();
        });
    }

    /** What a mailet names decides where mail goes: a slip in it never passes, of James' own classes one that James finds. */
    @ParameterizedTest
    @CsvSource({
        "match=\"[^\"]*\", match=\"\"",
        "class=\"[^\"]*\", class=\"\"",
        "class=\"org[.]mailflow[.]mailets[.](\\w+)\\w\", class=\"org.mailflow.mailets.$1\"",
        "class=\"org[.]mailflow[.]mailets[.]\\w(\\w+)\", class=\"org.mailflow.mailets.$1\""
    })
    void aSlipInWhatAMailetNamesIsAnError(String given, String slip) throws IOException {
        String name = MAILET_CONTAINER;
        List<String> sound = Files.readAllLines(SHIPPED.resolve(name));
        List<Integer> lines = IntStream.range(0, sound.size())
                .filter(line -> sound.get(line).matches("\\s*<mailet .*" + given + ".*"))
                .boxed()
                .toList();

        List<Integer> missed = lines.parallelStream()
                .filter(line ->
                        problems(
                                        name,
                                        line,
                                        replaced(
                                                sound,
                                                line,
                                                List.of(sound.get(line).replaceFirst(given, slip))))
                                .stream()
                                .noneMatch(problem -> problem.isError()
                                        && problem.location().file().equals(name)
                                        && problem.location().line() == line + 1))
                .toList();

        assertThat(lines).hasSizeGreaterThan(2);
        assertThat(missed).isEmpty();
    }

    private List<Problem> problems(String name, int line, List<String> damaged) {
        Path own = folder.resolve(Integer.toString(line));
        try {
            if (Files.notExists(own)) {
                Files.createDirectory(own);
                Files.copy(BARE.resolve(SMTP_SERVER), own.resolve(SMTP_SERVER));
                // Protocols are judged where repositories name them.
                Path container = (name.equals(REPOSITORY_STORE) ? SHIPPED : BARE).resolve(MAILET_CONTAINER);
                Files.copy(container, own.resolve(MAILET_CONTAINER));
            }
            Files.write(own.resolve(name), damaged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JamesFiles.read(own, Map.of(), Map.of(), ServerKind.OUR_SERVER).problems();
    }

    private static List<String> replaced(List<String> lines, int index, List<String> replacement) {
        List<String> damaged = new ArrayList<>(lines.subList(0, index));
        damaged.addAll(replacement);
        damaged.addAll(lines.subList(index + 1, lines.size()));
        return damaged;
    }
}
