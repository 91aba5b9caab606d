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
 * @param contacts by their external addresses
 */
public record Contacts(Map<EmailAddress, Contact> contacts) {

    /** Of a mail whose recipients are as they were in the session. */
    public static final Contacts NONE = new Contacts(Map.of());

    /** Separates two addresses in the text: no address has it. */
    private static final char TAB = '\t';

    /**
     * A contact.
     *
     * @param organization whose: its name
     * @param address the one here; empty where it is not known
     */
    public record Contact(String organization, Optional<EmailAddress> address) {}

    /** Copies the map. */
    public Contacts {
        contacts = Map.copyOf(contacts);
    }

    /** These and, where the recipient is a contact, its external address. */
    public Contacts with(Resolution resolution) {
        if (resolution.organization().isEmpty()
                || !resolution.isReaddressed()
                || !(resolution.location() instanceof RecipientLocation.External)) {
            return this;
        }
        return with(resolution.deliveryAddress(), resolution.organization().get(), resolution.recipient());
    }

    /** These and an external address to which an organization's recipient leads. */
    Contacts with(EmailAddress external, Organization organization, EmailAddress address) {
        Map<EmailAddress, Contact> more = new LinkedHashMap<>(contacts);
        more.put(external, new Contact(organization.name(), Optional.of(address)));
        return new Contacts(more);
    }

    /** The organization whose contact has this address; empty where nobody here has such a contact. */
    Optional<Organization> organizationOf(Mailflow mailflow, EmailAddress external) {
        return Optional.ofNullable(contacts.get(external))
                .map(Contact::organization)
                .flatMap(mailflow::organization);
    }

    /** The address here of the contact who has this address. */
    Optional<EmailAddress> addressOf(EmailAddress external) {
        return Optional.ofNullable(contacts.get(external)).flatMap(Contact::address);
    }

    /** One line for each: {@code contoso/erin@cpandl.com TAB erin@contoso.com}. No organization has a slash in its name. */
    public String toText() {
        return contacts.entrySet().stream()
                .map(contact -> contact.getValue().organization() + "/" + contact.getKey()
                        + contact.getValue()
                                .address()
                                .map(address -> TAB + address.toString())
                                .orElse(""))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /**
     * Reads {@link #toText} back.
     *
     * @throws IllegalArgumentException where the text is not of this form
     */
    public static Contacts parse(String text) {
        Map<EmailAddress, Contact> contacts = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int slash = line.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("'" + line + "' names no contact of an organization");
            }
            int tab = line.indexOf(TAB, slash);
            Optional<EmailAddress> address =
                    tab < 0 ? Optional.empty() : Optional.of(EmailAddress.parse(line.substring(tab + 1)));
            contacts.put(
                    EmailAddress.parse(line.substring(slash + 1, tab < 0 ? line.length() : tab)),
                    new Contact(line.substring(0, slash), address));
        });
        return new Contacts(contacts);
    }
}
