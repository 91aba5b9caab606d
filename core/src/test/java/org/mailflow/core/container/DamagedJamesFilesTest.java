package org.mailflow.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.config.Problem;

/** However a line of a shipped file is damaged, reading it ends in problems with a place and a remedy, or in none. */
class DamagedJamesFilesTest {

    private static final List<BiFunction<List<String>, Integer, List<String>>> DAMAGES = List.of(
            (lines, i) -> replaced(lines, i, List.of()),
            (lines, i) -> replaced(lines, i, List.of(lines.get(i), lines.get(i))),
            (lines, i) -> replaced(lines, i, List.of(lines.get(i).replaceFirst("[a-z]", ""))),
            (lines, i) -> replaced(lines, i, List.of(lines.get(i).replaceFirst("=\"[^\"]*\"", "=\"\""))),
            (lines, i) -> replaced(lines, i, List.of(lines.get(i).replaceFirst(">[^<]+<", "><"))),
            (lines, i) -> replaced(lines, i, List.of(lines.get(i).replaceFirst("[>/]", ""))));

    private final Path folder;

    DamagedJamesFilesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        try (Stream<Path> files = Files.list(Path.of("..", "conf", "onpremises"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailetcontainer.xml", "smtpserver.xml", "mailrepositorystore.xml"})
    void endsInProblems(String name) throws IOException {
        Path file = folder.resolve(name);
        List<String> sound = Files.readAllLines(file);

        List<Problem> found = new ArrayList<>();
        for (int i = 0; i < sound.size(); i++) {
            for (BiFunction<List<String>, Integer, List<String>> damage : DAMAGES) {
                Files.write(file, damage.apply(sound, i));
                found.addAll(JamesFiles.read(folder, Map.of(), Map.of(), ServerKind.OUR_SERVER)
                        .problems());
            }
        }

        assertThat(found).hasSizeGreaterThan(sound.size() / 2).allSatisfy(problem -> {
            assertThat(problem.location().line()).isPositive();
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.remedy()).isNotBlank();
        });
    }

    private static List<String> replaced(List<String> lines, int index, List<String> replacement) {
        List<String> damaged = new ArrayList<>(lines.subList(0, index));
        damaged.addAll(replacement);
        damaged.addAll(lines.subList(index + 1, lines.size()));
        return damaged;
    }
}
