package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.model.Mailflow;

/** A configuration that a test writes itself. */
final class Written {

    private Written() {}

    /** Reads a {@code mailflow.xml} without errors from its text. */
    static Mailflow mailflow(Path directory, String text) throws IOException {
        Path file = Files.writeString(directory.resolve("mailflow.xml"), text);
        Configuration configuration = MailflowXml.read(file, 1);
        assertThat(configuration.errors()).isEmpty();
        return configuration.mailflow().orElseThrow();
    }
}
