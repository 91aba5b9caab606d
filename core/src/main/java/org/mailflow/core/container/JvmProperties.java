package org.mailflow.core.container;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.Problems;
import org.mailflow.core.config.xml.SourceText;

/** Properties of Java that take a protection off the server. */
final class JvmProperties {

    /** James refuses mail in which line ends are hidden only if it is exactly {@code true}, or not there. */
    private static final String SMUGGLING = "james.prevent.smtp.smuggling";

    private static final String REMEDY = "Remove it; true holds then";
    private static final String FILE = "jvm.properties";

    private JvmProperties() {}

    /** Judges the properties of a process. */
    static void judge(Map<String, String> properties, Problems problems) {
        Optional.ofNullable(properties.get(SMUGGLING))
                .filter(value -> !value.equals("true"))
                .ifPresent(value -> report(new Location("Java's options", 1, 1), value, problems));
    }

    /** Judges the file that a stock James takes properties from. */
    static void judge(Path folder, Problems problems) {
        if (Files.exists(folder.resolve(FILE))) {
            SourceText.read(folder.resolve(FILE), FILE, problems).ifPresent(text -> judge(text, problems));
        }
    }

    private static void judge(SourceText text, Problems problems) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text.text()));
        } catch (IOException | IllegalArgumentException e) {
            problems.error(
                    text.at(0), "the file", "cannot be read: " + e.getMessage(), "Write each line as name=value");
            return;
        }
        Optional.ofNullable(properties.getProperty(SMUGGLING))
                .filter(value -> !value.equals("true"))
                // The last one holds; one that is written with escapes stands anywhere.
                .ifPresent(value -> report(text.at(Math.max(text.text().lastIndexOf(SMUGGLING), 0)), value, problems));
    }

    private static void report(Location place, String value, Problems problems) {
        problems.error(place, SMUGGLING, "is " + value + ": a sender could hide a second mail in the first", REMEDY);
    }
}
