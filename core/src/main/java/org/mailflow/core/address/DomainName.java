package org.mailflow.core.address;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A domain of mail, in lower case and without a trailing dot (RFC 5321, 2.3.5). Two names are equal where DNS says so;
 * names in other scripts are written as A-labels ({@code xn--…}), because look-alikes must not match.
 *
 * @param value the name, for example {@code contoso.com}
 */
public record DomainName(String value) implements Comparable<DomainName> {

    private static final int MAX_LENGTH = 253;
    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*"
            + "(?=[a-z0-9-]*[a-z-])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** Takes a name that is in lower case already; {@link #parse} takes any. */
    public DomainName {
        if (value.length() > MAX_LENGTH || !NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not a domain name: write it like contoso.com, "
                    + "without a trailing dot, names in other scripts as xn--…");
        }
    }

    /**
     * Reads a domain name in any case.
     *
     * @throws IllegalArgumentException where the text is no domain name; the message says how to write it
     */
    public static DomainName parse(String text) {
        return new DomainName(text.toLowerCase(Locale.ROOT));
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
