package org.mailflow.core.container.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mailflow.core.config.settings.Durations;
import org.mailflow.core.config.settings.Kind;
import org.mailflow.core.config.settings.Kinds;

/** The forms that values have in James' files. */
public final class ContainerKinds {

    /** The name of a class. */
    public static final Kind<String> CLASS = Kind.of("class", "the name of its class", text -> text);

    /** The name that a processor has. */
    public static final Kind<String> STATE = Kind.of("state", "the name of the processor", text -> text);

    /** The name of a processor, which must be there. */
    public static final Kind<String> PROCESSOR = Kind.of("processor", "the name of a processor", text -> text);

    /** An outbound connector of {@code mailflow.xml}. */
    public static final Kind<String> CONNECTOR =
            Kind.of("connector", "an outbound connector of mailflow.xml, as organization/connector", text -> text);

    /** The name of a queue. */
    public static final Kind<String> QUEUE = Kind.of("queue", "the name of a queue", text -> text);

    /** The URL of a mail repository. */
    public static final Kind<String> REPOSITORY =
            Kind.of("repository", "a mail repository: jpa://var/mail/error", ContainerKinds::repository);

    /** Yes or no, for a mailet: James takes anything else for the default. */
    public static final Kind<Boolean> FLAG =
            new Kind<>("flag", "true or false", List.of("true", "false"), ContainerKinds::flag);

    /** Yes or no, for a server: the words that James' library knows. */
    public static final Kind<Boolean> SWITCH = Kind.of("switch", "true or false", ContainerKinds::onOrOff);

    /** Waits, from the first to the one that repeats. */
    public static final Kind<List<Duration>> WAITS =
            Kind.of("waits", "waits with commas between them: 30s, 5m, 1h", ContainerKinds::waits);

    private ContainerKinds() {}

    private static String repository(String text) {
        if (!text.matches("[a-z][a-z0-9+.-]*://.+")) {
            throw Kinds.mistake(text, "is no mail repository", "write protocol://path, like jpa://var/mail/error");
        }
        return text;
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Kinds.mistake(text, "is neither true nor false", "write true or false");
        };
    }

    private static boolean onOrOff(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "t", "y" -> true;
            case "false", "no", "off", "f", "n" -> false;
            default -> throw Kinds.mistake(text, "is neither true nor false", "write true or false");
        };
    }

    private static List<Duration> waits(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(Durations::parse)
                .toList();
    }
}
