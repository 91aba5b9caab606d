package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no configuration at all make one problem, not many. */
class UnreadableFilesTest {

    private final ConfigurationFolder folder;

    UnreadableFilesTest(@TempDir Path folder) throws IOException {
        this.folder = ConfigurationFolder.in(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "''|1|the file: is not well-formed XML",
                "<mailflow>#  <server>#</mailflow>|3|the file: is not well-formed XML",
                "<mailflow>#&wombat;#</mailflow>|2|the file: is not well-formed XML",
                "<!-- -->#<!DOCTYPE mailflow [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>#<mailflow>&a;</mailflow>|2|the file: has a DOCTYPE",
                "<!DOCTYPE mailflow SYSTEM 'http://127.0.0.1:1/x.dtd'><mailflow/>|1|the file: has a DOCTYPE",
                "<?xml version='1.0' encoding='ISO-8859-1'?><mailflow/>|1|the file: declares the encoding ISO-8859-1",
                "#<flowmail/>|2|flowmail: is not the root of a mail flow configuration",
            })
    void isOneProblemWithItsLine(String text, int line, String expected) throws IOException {
        Configuration configuration = folder.read(text.replace("''", "").replace('#', '\n'));

        assertThat(configuration.mailflow()).isEmpty();
        assertThat(configuration.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.location().line()).isEqualTo(line);
            assertThat(problem.element() + ": " + problem.message()).startsWith(expected);
        });
    }

    @Test
    void tellsThatTheFileIsMissing() {
        assertThat(folder.read("absent.xml", Map.of()).problems())
                .singleElement()
                .asString()
                .startsWith("absent.xml:1:1: error: the file: does not exist. Create it: ");
    }

    @Test
    void tellsThatTheFileIsAFolder() {
        assertThat(folder.read("certs", Map.of()).problems())
                .singleElement()
                .asString()
                .startsWith("certs:1:1: error: the file: cannot be read");
    }

    @Test
    void refusesAFileThatIsNotInUtf8() throws IOException {
        Files.write(folder.file("latin.xml"), "<!-- ä --><mailflow/>".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(folder.read("latin.xml", Map.of()).problems())
                .singleElement()
                .asString()
                .startsWith("latin.xml:1:1: error: the file: is not in UTF-8");
    }

    @Test
    void refusesAnEnormousFile() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.file("huge.xml").toFile(), "rw")) {
            file.setLength(65L * 1024 * 1024);
        }

        assertThat(folder.read("huge.xml", Map.of()).problems())
                .singleElement()
                .asString()
                .startsWith("huge.xml:1:1: error: the file: has 68157440 bytes");
    }
}
