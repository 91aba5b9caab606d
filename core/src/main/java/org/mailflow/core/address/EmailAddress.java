package org.mailflow.core.address;

import java.util.Locale;

/**
 * A mailbox address (RFC 5321, 4.1.2): ASCII, without source route, comment or display name. Addresses compare without
 * regard to case in both parts, as Exchange does; the local part keeps the case in which it was written.
 *
 * @param localPart the part before the last {@code @}, quoted where it was quoted
 * @param domain the part after it
 */
public record EmailAddress(String localPart, DomainName domain) {

    private static final int MAX_LOCAL_PART = 64;
    private static final String ATOM_MARKS = "!#$%&'*+/=?^_`{|}~-";

    /** Refuses a local part that RFC 5321 does not allow. */
    public EmailAddress {
        if (localPart.length() > MAX_LOCAL_PART || !(isDotAtom(localPart) || isQuotedString(localPart))) {
            throw new IllegalArgumentException(
                    "'" + localPart + "' is not a local part of an address: write the address like chris@contoso.com");
        }
    }

    // By hand: a regular expression takes 170 ns, and a directory answers with several addresses.
    private static boolean isDotAtom(String text) {
        boolean afterAtom = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean dot = letter == '.';
            if (dot ? !afterAtom : !isAtomText(letter)) {
                return false;
            }
            afterAtom = !dot;
        }
        return afterAtom;
    }

    private static boolean isAtomText(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= '0' && letter <= '9')
                || (letter >= 'A' && letter <= 'Z')
                || ATOM_MARKS.indexOf(letter) >= 0;
    }

    private static boolean isQuotedString(String text) {
        int last = text.length() - 1;
        if (last < 1 || text.charAt(0) != '"' || text.charAt(last) != '"') {
            return false;
        }
        boolean escaped = false;
        for (int i = 1; i < last; i++) {
            char letter = text.charAt(i);
            if (letter < ' ' || letter > '~' || (!escaped && letter == '"')) {
                return false;
            }
            escaped = !escaped && letter == '\\';
        }
        return !escaped;
    }

    /**
     * Reads {@code local@domain}.
     *
     * @throws IllegalArgumentException where the text is no address; the message says how to write one
     */
    public static EmailAddress parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("'" + text + "' is not an address: write it like chris@contoso.com");
        }
        return new EmailAddress(text.substring(0, at), DomainName.parse(text.substring(at + 1)));
    }

    /** The address in lower case: what tables are keyed by. */
    public String key() {
        return localPart.toLowerCase(Locale.ROOT) + "@" + domain.value();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmailAddress address
                && address.domain.equals(domain)
                && address.localPart.equalsIgnoreCase(localPart);
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    @Override
    public String toString() {
        return localPart + "@" + domain.value();
    }
}
