package org.mailflow.core.notification;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Fields of a status notification (RFC 3464, 2.1), one line after the other. Whatever a value consists of, it begins no
 * field and no line of its own: it may be a stranger's words.
 */
final class StatusFields {

    private static final int SOFT = 76;
    private static final int HARD = 900;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder text = new StringBuilder();

    StatusFields field(String name, String value) {
        String line = name + ": " + plain(value);
        while (line.length() > SOFT) {
            int fold = foldOf(line);
            if (fold < 0) {
                break;
            }
            text.append(line, 0, fold).append("\r\n");
            line = " " + line.substring(fold).stripLeading();
        }
        text.append(line).append("\r\n");
        return this;
    }

    StatusFields field(String name, Instant value) {
        return field(name, date(value));
    }

    /** Begins the fields of the next recipient. */
    StatusFields next() {
        text.append("\r\n");
        return this;
    }

    /** The date as in a header. */
    static String date(Instant instant) {
        return DATE.format(instant);
    }

    /** Only what any mail program shows as it is. */
    static String plain(String value) {
        return value.replaceAll("[^\\x20-\\x7E]", "?").strip();
    }

    /** The blank to fold at; not in the first word, which would leave an empty line. */
    private static int foldOf(String line) {
        int first = line.indexOf(' ', line.startsWith(" ") ? 1 : line.indexOf(':') + 2);
        if (first < 0) {
            return line.length() > HARD ? HARD : -1;
        }
        int last = line.lastIndexOf(' ', SOFT);
        return Math.min(Math.max(last, first), HARD);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
