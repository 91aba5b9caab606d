package org.mailflow.core.address;

import com.google.common.base.Ascii;

/**
 * A domain of mail, in lower case and without a trailing dot (RFC 5321, 2.3.5). Two names are equal where DNS says so;
 * names in other scripts are written as A-labels ({@code xn--…}), because look-alikes must not match.
 *
 * @param value the name, for example {@code contoso.com}
 */
public record DomainName(String value) implements Comparable<DomainName> {

    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;

    /** Takes a name that is in lower case already; {@link #parse} takes any. */
    public DomainName {
        if (value.length() > MAX_LENGTH || !isName(value)) {
            throw new IllegalArgumentException("'" + value + "' is not a domain name: write it like contoso.com, "
                    + "without a trailing dot, names in other scripts as xn--…");
        }
    }

    // By hand: a regular expression takes 400 ns, and every decision about a recipient reads several names.
    private static boolean isName(String text) {
        int start = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
            if (!isLabel(text, start, dot, true)) {
                return false;
            }
            start = dot + 1;
        }
        return isLabel(text, start, text.length(), false) && !isNumber(text, start);
    }

    /** Underscores stand in names of services, never in the last label. */
    private static boolean isLabel(String text, int start, int end, boolean underscores) {
        if (start == end || end - start > MAX_LABEL || text.charAt(start) == '-' || text.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char letter = text.charAt(i);
            boolean plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
            if (!plain && !(underscores && letter == '_')) {
                return false;
            }
        }
        return true;
    }

    /** A last label of digits alone would be an address, or pass for one. */
    private static boolean isNumber(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a domain name in any case.
     *
     * @throws IllegalArgumentException where the text is no domain name; the message says how to write it
     */
    public static DomainName parse(String text) {
        // ASCII alone: Unicode has letters whose lower case is one of ours, the Kelvin sign for one.
        return new DomainName(Ascii.toLowerCase(text));
    }

    /** Whether this name is a proper sub-domain of {@code parent}: {@code sales.contoso.com} is one of contoso.com. */
    public boolean isSubDomainOf(DomainName parent) {
        return value.length() > parent.value.length()
                && value.endsWith(parent.value)
                && value.charAt(value.length() - parent.value.length() - 1) == '.';
    }

    @Override
    public int compareTo(DomainName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
