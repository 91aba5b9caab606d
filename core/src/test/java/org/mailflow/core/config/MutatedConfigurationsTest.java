package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** However a configuration is damaged, reading it ends in a snapshot or in problems. */
class MutatedConfigurationsTest {

    private static final String GARBLE = "<>&\"'/=!-[]{}$*.,:;@ \t\n\u0000\uFEFFäx9";

    // The authorities of the runtime take longer to read than all the rest.
    private static final Map<String, String> ENVIRONMENT = Map.of("MAILFLOW_TRUSTED", "certs/mail.pem");
    private static final List<Path> FOLDERS = new ArrayList<>();

    /** Something done to the line of a number. */
    private record Mutation(int line, int column, int action, char garble) {

        void applyTo(List<String> lines) {
            if (lines.isEmpty()) {
                return;
            }
            int index = line % lines.size();
            String text = lines.get(index);
            int place = text.isEmpty() ? 0 : column % text.length();
            switch (action) {
                case 0 -> lines.remove(index);
                case 1 -> lines.add(index, text);
                case 2 -> lines.add(column % lines.size(), lines.remove(index));
                case 3 -> lines.set(index, text.substring(0, place) + garble + text.substring(place));
                case 4 ->
                    lines.set(index, text.substring(0, place) + text.substring(Math.min(text.length(), place + 1)));
                default -> lines.set(index, text.substring(0, place));
            }
        }
    }

    @BeforeContainer
    static void folders() throws IOException {
        for (String name : List.of("onpremises", "cloud", "extension")) {
            Path folder = Files.createTempDirectory("mutated");
            ConfigurationFolder.in(folder).with(Path.of("..", "conf", name));
            FOLDERS.add(folder);
        }
    }

    @AfterContainer
    static void cleanUp() throws IOException {
        for (Path folder : FOLDERS) {
            MoreFiles.deleteRecursively(folder);
        }
        FOLDERS.clear();
    }

    @Property(tries = 1000)
    void readingNeverThrows(@ForAll("mutations") List<Mutation> mutations, @ForAll int which) throws IOException {
        Path folder = FOLDERS.get(Math.floorMod(which, FOLDERS.size()));
        List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("mailflow.xml")));
        mutations.forEach(mutation -> mutation.applyTo(lines));
        Path mutated = Files.writeString(folder.resolve("mutated.xml"), String.join("\n", lines));

        Configuration configuration = new MailflowXml(mutated, ENVIRONMENT, ConfigurationFolder.CLOCK).read(1);

        assertThat(configuration.mailflow().isPresent())
                .isEqualTo(configuration.errors().isEmpty());
        assertThat(configuration.problems()).allSatisfy(problem -> {
            assertThat(problem.location().line()).isBetween(1, Math.max(1, lines.size() + 1));
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.remedy()).isNotBlank();
        });
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.integers().between(0, 120),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.chars().with(GARBLE.toCharArray()))
                .as(Mutation::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }
}
