package org.mailflow.core.address;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A mailbox address (RFC 5321, 4.1.2): ASCII, without source route, comment or display name. Addresses compare without
 * regard to case in both parts, as Exchange does; the local part keeps the case in which it was written.
 *
 * @param localPart the part before the last {@code @}, quoted where it was quoted
 * @param domain the part after it
 */
public record EmailAddress(String localPart, DomainName domain) {

    private static final int MAX_LOCAL_PART = 64;
    private static final String ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL_PART = Pattern.compile(
            ATEXT + "(?:\\." + ATEXT + ")*" + "|\"(?:[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]|\\\\[\\x20-\\x7E])*\"");

    /** Refuses a local part that RFC 5321 does not allow. */
    public EmailAddress {
        if (localPart.length() > MAX_LOCAL_PART
                || !LOCAL_PART.matcher(localPart).matches()) {
            throw new IllegalArgumentException(
                    "'" + localPart + "' is not a local part of an address: write the address like chris@contoso.com");
        }
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
