package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator sees of a file with a dozen mistakes: all of them, at once. */
class TwelveMistakesTest {

    private static final Path TWELVE = ConfigurationFolder.RESOURCES.resolve("twelve");

    @Test
    void reportsAllTwelveWithPlaceAndRemedy(@TempDir Path folder) throws IOException {
        ConfigurationFolder configuration = ConfigurationFolder.in(folder).with(TWELVE);

        String report = configuration.read("mailflow.xml", Map.of()).problems().stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n", "", "\n"));

        Files.writeString(Path.of("target", "twelve-mistakes.txt"), report);
        assertThat(report.replace(folder.toRealPath().toString(), "FOLDER").replace(folder.toString(), "FOLDER"))
                .isEqualTo(Files.readString(TWELVE.resolve("expected.txt")));
    }
}
