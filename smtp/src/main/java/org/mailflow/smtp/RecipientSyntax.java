package org.mailflow.smtp;

import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.Addresses;

/** What a recipient address may look like, beyond what James demands. */
final class RecipientSyntax {

    /** What James is told to complete an address with that has no domain; nobody's by RFC 6761, 6.4. */
    static final String NO_DOMAIN = "recipient-without-domain.invalid";

    private static final String POSTMASTER = "postmaster";

    private RecipientSyntax() {}

    /** Whether the address is a way to a third server, which some server behind this one might follow. */
    static boolean namesRoute(MailAddress address) {
        return address.getLocalPart().chars().anyMatch(c -> c == '%' || c == '!' || c == '@');
    }

    /**
     * The address as core has it. The one that needs no domain is postmaster (RFC 5321, 4.5.1): that of the first
     * accepted domain.
     *
     * @return empty where it is no address that mail can be sent to
     */
    static Optional<EmailAddress> complete(MailAddress address, Mailflow mailflow) {
        if (address.getDomain().asString().equals(NO_DOMAIN)) {
            return POSTMASTER.equalsIgnoreCase(address.getLocalPart())
                    ? mailflow.acceptedDomainNames().findFirst().map(domain -> new EmailAddress(POSTMASTER, domain))
                    : Optional.empty();
        }
        // JavaMail, which writes the address to the next server, does not carry a quoted pair.
        if (address.getLocalPart().indexOf('\\') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Addresses.toCore(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
