package org.mailflow.core.container;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.Problems;
import org.mailflow.core.config.xml.SourceText;

/** Properties of Java that take a protection off the server. */
final class JvmProperties {

    /** James refuses mail in which line ends are hidden only if it is exactly {@code true}, or not there. */
    private static final String SMUGGLING = "james.prevent.smtp.smuggling";

    private static final String REMEDY = "Remove it; true holds then";
    private static final String FILE = "jvm.properties";
    private static final Pattern LINE =
            Pattern.compile("(?m)^[ \\t]*\\Q" + SMUGGLING + "\\E[ \\t]*[=: \\t][ \\t]*(\\S*)[ \\t]*$");

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
            SourceText.read(folder.resolve(FILE), FILE, problems).ifPresent(text -> {
                Matcher line = LINE.matcher(text.text());
                while (line.find()) {
                    if (!line.group(1).equals("true")) {
                        report(text.at(line.start()), line.group(1), problems);
                    }
                }
            });
        }
    }

    private static void report(Location place, String value, Problems problems) {
        problems.error(place, SMUGGLING, "is " + value + ": a sender could hide a second mail in the first", REMEDY);
    }
}
