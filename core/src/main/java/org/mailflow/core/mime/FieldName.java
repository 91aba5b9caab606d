package org.mailflow.core.mime;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The name of a header field, as lenient as any reader. */
final class FieldName {

    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\x21-\\x7E]");

    private FieldName() {}

    /** What stands before the colon, or the whole line where there is none: in UTF-8, without blanks on either side. */
    static String of(byte[] line) {
        int end = 0;
        while (end < line.length && line[end] != ':') {
            end++;
        }
        return new String(line, 0, end, StandardCharsets.UTF_8).trim();
    }

    /** Without what no reader shows: byte order marks, blanks of other scripts, soft hyphens, wherever they are. */
    static String shown(String name) {
        return NOT_PRINTABLE.matcher(name).replaceAll("");
    }
}
