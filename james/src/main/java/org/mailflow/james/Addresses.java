package org.mailflow.james;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.mailflow.core.address.EmailAddress;

/** Converts addresses between James and core. */
public final class Addresses {

    private Addresses() {}

    /**
     * An address of James' as one of core's.
     *
     * @throws IllegalArgumentException where it is one that core refuses, for example with a domain literal
     */
    public static EmailAddress toCore(MailAddress address) {
        return EmailAddress.parse(address.asString());
    }

    /** Several addresses, in order. */
    public static List<EmailAddress> toCore(Collection<MailAddress> addresses) {
        return addresses.stream().map(Addresses::toCore).toList();
    }

    /** A sender; empty for the null sender. */
    public static Optional<EmailAddress> toCore(MaybeSender sender) {
        return sender.asOptional().map(Addresses::toCore);
    }

    /**
     * An address of core's as one of James'.
     *
     * @throws IllegalArgumentException where James refuses it
     */
    public static MailAddress toJames(EmailAddress address) {
        try {
            return new MailAddress(address.localPart(), address.domain().value());
        } catch (AddressException e) {
            throw new IllegalArgumentException("James refuses the address " + address, e);
        }
    }
}
