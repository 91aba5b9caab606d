package org.mailflow.core.directory;

/**
 * Which entry has an address: a filter (RFC 4515) with {@code {address}}, {@code {localPart}} or {@code {domain}} in its
 * values.
 *
 * @param template the filter as it is written
 */
public record LdapFilter(String template) {

    /** Stands for the whole address. */
    public static final String ADDRESS = "{address}";
    /** Stands for the part before the @. */
    public static final String LOCAL_PART = "{localPart}";
    /** Stands for the part after it. */
    public static final String DOMAIN = "{domain}";

    private static final int DEEPEST = 50;

    /** Refuses a filter that no server would understand, and one that finds the same for every address. */
    public LdapFilter {
        int end = new Syntax(template).filter(0, 0);
        if (end != template.length()) {
            throw new IllegalArgumentException(
                    "'" + template + "' goes on behind its end: write one filter in parentheses");
        }
        if (!template.contains(ADDRESS) && !template.contains(LOCAL_PART)) {
            throw new IllegalArgumentException(
                    "'" + template + "' names no " + ADDRESS + ": write it like (mail=" + ADDRESS + ")");
        }
    }

    /**
     * The syntax of filters.
     *
     * @param text the whole
     */
    private record Syntax(String text) {

        /** Reads a filter in parentheses, and tells where it ends. */
        int filter(int start, int depth) {
            if (start >= text.length() || text.charAt(start) != '(' || depth > DEEPEST) {
                throw wrong();
            }
            char kind = start + 1 < text.length() ? text.charAt(start + 1) : ')';
            int end =
                    switch (kind) {
                        case '&', '|' -> several(start + 2, depth);
                        case '!' -> filter(start + 2, depth + 1);
                        default -> item(start + 1);
                    };
            if (end >= text.length() || text.charAt(end) != ')') {
                throw wrong();
            }
            return end + 1;
        }

        private int several(int start, int depth) {
            int at = filter(start, depth + 1);
            while (at < text.length() && text.charAt(at) == '(') {
                at = filter(at, depth + 1);
            }
            return at;
        }

        private int item(int start) {
            int end = text.indexOf(')', start);
            int equal = text.indexOf('=', start);
            if (end < 0 || equal < 0 || equal > end) {
                throw wrong();
            }
            String attribute = text.substring(start, equal);
            String value = text.substring(equal + 1, end);
            boolean plain = attribute.matches("[A-Za-z0-9][A-Za-z0-9.;-]*(:dn)?(:[A-Za-z0-9.-]+)?[~<>:]?")
                    && value.matches("([^()\\\\\\x00]|\\\\[0-9A-Fa-f]{2})*");
            if (!plain) {
                throw wrong();
            }
            return end;
        }

        private IllegalArgumentException wrong() {
            return new IllegalArgumentException("'" + text
                    + "' is no filter: write it in parentheses like (&(objectClass=person)(mail=" + ADDRESS + "))");
        }
    }
}
