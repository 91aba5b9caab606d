package org.mailflow.core.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecipientsMemoryTest {

    /** The limit is on the whole heap of the process, so that it holds while the file is read, too. */
    @Test
    void readsAndServesAMillionRecipientsInAHeapOf150Megabytes(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("recipients.csv");
        MillionRecipients.write(file);
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx150m",
                        "-Xmn16m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        MillionRecipients.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor()).as(output).isZero();
    }
}
