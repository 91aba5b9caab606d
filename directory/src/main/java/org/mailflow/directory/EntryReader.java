package org.mailflow.directory;

import com.unboundid.ldap.sdk.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.LdapSettings;
import org.mailflow.core.directory.LdapSettings.Attributes;
import org.mailflow.core.directory.Recipient;

/** Reads what an entry of a directory server says of a recipient. */
final class EntryReader {

    private static final String OBJECT_CLASS = "objectClass";
    private static final String PRIMARY = "SMTP:";

    private final Attributes attributes;
    private final boolean mailboxesAreHere;

    EntryReader(LdapSettings settings) {
        this.attributes = settings.attributes();
        this.mailboxesAreHere = settings.mailboxesAreHere();
    }

    /** The attributes that must be asked for. */
    Collection<String> attributes() {
        Set<String> names = new LinkedHashSet<>(
                List.of(OBJECT_CLASS, attributes.mail(), attributes.proxyAddresses(), attributes.targetAddress()));
        names.addAll(attributes.member());
        return names;
    }

    /** The attributes of members. */
    List<String> member() {
        return attributes.member();
    }

    boolean isGroup(Entry entry) {
        return attributes.groupClasses().stream().anyMatch(entry::hasObjectClass);
    }

    /**
     * The recipient of an entry.
     *
     * @param asked stands in for a primary address where the entry has none
     * @throws UnusableEntryException where it cannot be told where the recipient's mail goes
     */
    Recipient recipient(Entry entry, EmailAddress asked) throws UnusableEntryException {
        EmailAddress primary = primary(entry).orElse(asked);
        Set<EmailAddress> proxies = new LinkedHashSet<>();
        proxies(entry).forEach(proxies::add);
        values(entry, attributes.mail()).flatMap(EntryReader::address).forEach(proxies::add);
        proxies.remove(primary);
        return new Recipient(primary, target(entry), new ArrayList<>(proxies));
    }

    /** The same with where its mailbox is. */
    Recipient placed(Recipient recipient) {
        return mailboxesAreHere || recipient.targetAddress().isPresent()
                ? recipient
                : new Recipient(
                        recipient.primaryAddress(),
                        Optional.of(recipient.primaryAddress()),
                        recipient.proxyAddresses());
    }

    private Optional<EmailAddress> primary(Entry entry) {
        return values(entry, attributes.proxyAddresses())
                .filter(value -> value.startsWith(PRIMARY))
                .flatMap(EntryReader::smtp)
                .findFirst()
                .or(() -> values(entry, attributes.mail())
                        .flatMap(EntryReader::address)
                        .findFirst());
    }

    /**
     * The address by which a member of a group receives mail.
     *
     * @throws UnusableEntryException where it has none
     */
    EmailAddress ofMember(Entry entry) throws UnusableEntryException {
        Optional<EmailAddress> primary = primary(entry);
        Optional<EmailAddress> address = primary.isPresent() ? primary : target(entry);
        return address.or(() -> proxies(entry).findFirst())
                .orElseThrow(() -> new UnusableEntryException("has no address"));
    }

    /** Exchange writes them with {@code smtp:}, others plain. */
    private Stream<EmailAddress> proxies(Entry entry) {
        return values(entry, attributes.proxyAddresses())
                .flatMap(value -> value.indexOf(':') < 0 ? address(value) : smtp(value));
    }

    private Optional<EmailAddress> target(Entry entry) throws UnusableEntryException {
        Optional<String> written = values(entry, attributes.targetAddress()).findFirst();
        if (written.isEmpty()) {
            return Optional.empty();
        }
        String value = written.get();
        Stream<EmailAddress> address = isSmtp(value) ? smtp(value) : address(value);
        return Optional.of(address.findFirst()
                .orElseThrow(() -> new UnusableEntryException(
                        attributes.targetAddress() + " '" + value + "' is no address of internet mail")));
    }

    private static Stream<String> values(Entry entry, String attribute) {
        String[] values = entry.getAttributeValues(attribute);
        return values == null ? Stream.empty() : Stream.of(values).map(String::strip);
    }

    private static boolean isSmtp(String value) {
        return value.toLowerCase(Locale.ROOT).startsWith("smtp:");
    }

    /** Addresses of other kinds (X500, SIP, …) are none. */
    private static Stream<EmailAddress> smtp(String value) {
        return isSmtp(value) ? address(value.substring(PRIMARY.length())) : Stream.empty();
    }

    private static Stream<EmailAddress> address(String value) {
        try {
            return Stream.of(EmailAddress.parse(value));
        } catch (IllegalArgumentException noAddressOfOurs) {
            return Stream.empty();
        }
    }
}
