package org.mailflow.core.mime;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Content-Type field (RFC 2045, 5.1) says about parts in the part.
 *
 * @param multipart whether parts may be in it
 * @param message whether a message with a header of its own may be in it
 * @param digest whether parts in it without a type are messages
 * @param boundary what delimits its parts; empty where programs may differ about it
 * @param boundaryLength how many octets delimit its parts, at most
 */
record ContentType(boolean multipart, boolean message, boolean digest, Optional<String> boundary, int boundaryLength) {

    /** A message, as a part without a type is in a digest. */
    static final ContentType MESSAGE = new ContentType(false, true, false, Optional.empty(), 0);

    private static final ContentType LEAF = new ContentType(false, false, false, Optional.empty(), 0);
    private static final int LONGEST = 2_048;
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary\\s*=\\s*(?:\"([^\"\\\\]*)\"|([^\\s;\"\\\\]+))\\s*(?=;|$)");
    /** Also where it is out of place, or in one of the ways of RFC 2231: programs differ about these. */
    private static final Pattern MENTION = Pattern.compile("[;,\\s]boundary\\s*[*=]");

    /** Reads a field's value, whatever it is. */
    static ContentType of(String value) {
        String plain = withoutComments(value);
        int semicolon = plain.indexOf(';');
        String type = (semicolon < 0 ? plain : plain.substring(0, semicolon))
                .replaceAll("\\s", "")
                .toLowerCase(Locale.ROOT);
        if (type.startsWith("message/")) {
            return MESSAGE;
        }
        return type.startsWith("multipart")
                ? new ContentType(
                        true,
                        false,
                        type.equals("multipart/digest"),
                        plain.equals(value) ? boundary(value) : Optional.empty(),
                        boundaryLength(value))
                : LEAF;
    }

    /** Anything at all, as a field may be that is too long to be read whole; this is how its value begins. */
    static ContentType beginning(String value) {
        return new ContentType(true, true, true, Optional.empty(), of(value).multipart ? Integer.MAX_VALUE : 0);
    }

    /** Whether there is anything in it to be nested. */
    boolean isComposite() {
        return multipart || message;
    }

    /** Whether any line that begins like a delimiter may be one of its own. */
    boolean isDelimitedByAnything() {
        return multipart && boundary.isEmpty();
    }

    /** The boundary, where it is written once and in the plain way. */
    private static Optional<String> boundary(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        Matcher found = BOUNDARY.matcher(lower);
        if (MENTION.matcher(lower).results().count() != 1 || !found.find()) {
            return Optional.empty();
        }
        int group = found.group(1) == null ? 2 : 1;
        String boundary = value.substring(found.start(group), found.end(group));
        return boundary.isEmpty() || boundary.length() > LONGEST || !boundary.equals(boundary.strip())
                ? Optional.empty()
                : Optional.of(boundary);
    }

    /** That of the boundary in plain form; of whatever stands behind the word in all others. */
    private static int boundaryLength(String value) {
        int mention = value.toLowerCase(Locale.ROOT).indexOf("boundary");
        return boundary(value).map(String::length).orElse(mention < 0 ? 0 : value.length() - mention);
    }

    /** Takes comments in parentheses out of what is not quoted. */
    private static String withoutComments(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        boolean quoted = false;
        int comments = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && comments > 0) {
                i++;
            } else if (c == '\\' && quoted) {
                plain.append(c).append(i + 1 < value.length() ? value.charAt(i + 1) : ' ');
                i++;
            } else if (c == '"' && comments == 0) {
                quoted = !quoted;
                plain.append(c);
            } else if (c == '(' && !quoted) {
                comments++;
            } else if (c == ')' && comments > 0) {
                comments--;
            } else if (comments == 0) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
