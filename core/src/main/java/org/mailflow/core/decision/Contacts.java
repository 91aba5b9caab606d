package org.mailflow.core.decision;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;

/**
 * The recipients of a mail that were given an external address, since they are contacts of an organization here. The
 * address itself no longer tells, and when the mail is routed once more it must not be taken for one to anybody.
 *
 * @param organizations whose contact each address is: the organization's name
 */
public record Contacts(Map<EmailAddress, String> organizations) {

    /** Of a mail whose recipients are as they were in the session. */
    public static final Contacts NONE = new Contacts(Map.of());

    /** Copies the map. */
    public Contacts {
        organizations = Map.copyOf(organizations);
    }

    /** These and, where the recipient is a contact, its external address. */
    public Contacts with(Resolution resolution) {
        if (resolution.organization().isEmpty()
                || !resolution.isReaddressed()
                || !(resolution.location() instanceof RecipientLocation.External)) {
            return this;
        }
        return with(resolution.deliveryAddress(), resolution.organization().get());
    }

    /** These and an external address to which an organization's recipient leads. */
    Contacts with(EmailAddress external, Organization organization) {
        Map<EmailAddress, String> more = new LinkedHashMap<>(organizations);
        more.put(external, organization.name());
        return new Contacts(more);
    }

    /** The organization whose contact has this address; empty where nobody here has such a contact. */
    Optional<Organization> organizationOf(Mailflow mailflow, EmailAddress address) {
        return Optional.ofNullable(organizations.get(address)).flatMap(mailflow::organization);
    }

    /** One line for each: {@code contoso/erin@cpandl.com}. No organization has a slash in its name. */
    public String toText() {
        return organizations.entrySet().stream()
                .map(contact -> contact.getValue() + "/" + contact.getKey())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /**
     * Reads {@link #toText} back.
     *
     * @throws IllegalArgumentException where the text is not of this form
     */
    public static Contacts parse(String text) {
        Map<EmailAddress, String> organizations = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int slash = line.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("'" + line + "' names no contact of an organization");
            }
            organizations.put(EmailAddress.parse(line.substring(slash + 1)), line.substring(0, slash));
        });
        return new Contacts(organizations);
    }
}
