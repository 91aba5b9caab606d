package org.mailflow.directory;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Provider;
import javax.mail.internet.AddressException;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.api.RecipientRewriteTable.ErrorMappingException;
import org.apache.james.rrt.api.RecipientRewriteTableException;
import org.apache.james.rrt.lib.Mapping;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.james.rrt.lib.Mappings;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;
import org.mailflow.core.directory.RecipientDirectory;

/**
 * James' own users and its table of rewritten recipients. An alias, also of a domain, is a further address of whom it
 * leads to; groups and forwards are followed by whoever routes the mail; an address with an error mapping is nobody's. A
 * store that fails is unavailable.
 */
final class JamesUsersDirectory implements RecipientDirectory {

    private static final DirectoryAnswer NOT_FOUND = new DirectoryAnswer.NotFound();
    /** They give one recipient another address; the other types make copies for others. */
    private static final Set<Mapping.Type> ALIASES = EnumSet.of(
            Mapping.Type.Alias,
            Mapping.Type.DomainAlias,
            Mapping.Type.Domain,
            Mapping.Type.Address,
            Mapping.Type.Regex);

    /**
     * What a running James has.
     *
     * @param users its users
     * @param table who else receives their mail
     */
    private record Stores(Provider<? extends UsersRepository> users, Provider<? extends RecipientRewriteTable> table) {}

    private volatile Optional<Stores> stores = Optional.empty();
    private final LookupMeter meter;

    JamesUsersDirectory(LookupMeter meter) {
        this.meter = meter;
    }

    /** The stores are there. */
    void connect(Provider<? extends UsersRepository> users, Provider<? extends RecipientRewriteTable> table) {
        stores = Optional.of(new Stores(users, table));
    }

    @Override
    public DirectoryAnswer find(EmailAddress address) {
        Optional<Stores> connected = stores;
        if (connected.isEmpty()) {
            return new DirectoryAnswer.Unavailable("James' users are not there yet: the server is starting");
        }
        DirectoryAnswer answer = meter.timed("jamesUsers", () -> find(connected.get(), address));
        meter.count("jamesUsers", answer, false);
        return answer;
    }

    private static DirectoryAnswer find(Stores stores, EmailAddress address) {
        try {
            return follow(stores.users().get(), stores.table().get(), address);
        } catch (ErrorMappingException nobody) {
            return NOT_FOUND;
        } catch (UsersRepositoryException | RecipientRewriteTableException | AddressException | RuntimeException e) {
            return new DirectoryAnswer.Unavailable("James' users cannot be asked: " + e);
        }
    }

    private static DirectoryAnswer follow(UsersRepository users, RecipientRewriteTable table, EmailAddress address)
            throws UsersRepositoryException, RecipientRewriteTableException, AddressException, ErrorMappingException {
        Set<EmailAddress> aliases = new LinkedHashSet<>();
        EmailAddress at = address;
        while (true) {
            Mappings mappings = mappings(table, username(at));
            List<EmailAddress> targets = targets(mappings, at);
            // Mappings none of which fits, as of a regular expression, are as good as none.
            if (targets.isEmpty() || targets.equals(List.of(at))) {
                return mailbox(users, address, at, aliases);
            }
            boolean alias =
                    targets.size() == 1 && mappings.asStream().allMatch(mapping -> ALIASES.contains(mapping.getType()));
            if (!alias || !aliases.add(at)) {
                return new DirectoryAnswer.Found(
                        Recipient.expandedTo(at, List.copyOf(without(aliases, at)), new Expansion(targets)));
            }
            at = targets.get(0);
        }
    }

    /**
     * An alias may lead to a recipient that another source knows, to one outside, or to nobody: whoever follows it is told
     * then.
     */
    private static DirectoryAnswer mailbox(
            UsersRepository users, EmailAddress asked, EmailAddress at, Set<EmailAddress> aliases)
            throws UsersRepositoryException, AddressException {
        if (users.contains(users.getUsername(username(at).asMailAddress()))) {
            return new DirectoryAnswer.Found(new Recipient(at, Optional.empty(), List.copyOf(without(aliases, at))));
        }
        return aliases.isEmpty()
                ? NOT_FOUND
                : new DirectoryAnswer.Found(Recipient.expandedTo(asked, List.of(), new Expansion(List.of(at))));
    }

    private static Set<EmailAddress> without(Set<EmailAddress> aliases, EmailAddress primary) {
        Set<EmailAddress> others = new LinkedHashSet<>(aliases);
        others.remove(primary);
        return others;
    }

    /** As James seeks them: the user's own, else its domain's, else everybody's. */
    private static Mappings mappings(RecipientRewriteTable table, Username user) throws RecipientRewriteTableException {
        Mappings own = table.getStoredMappings(MappingSource.fromUser(user));
        if (!own.isEmpty()) {
            return own;
        }
        Mappings ofDomain = table.getStoredMappings(
                MappingSource.fromDomain(user.getDomainPart().orElseThrow()));
        return ofDomain.isEmpty() ? table.getStoredMappings(MappingSource.wildCard()) : ofDomain;
    }

    private static List<EmailAddress> targets(Mappings mappings, EmailAddress from)
            throws RecipientRewriteTableException, AddressException, ErrorMappingException {
        List<EmailAddress> targets = new ArrayList<>();
        for (Mapping mapping : mappings) {
            Optional<Username> target = mapping.rewriteUser(username(from));
            target.map(user -> user.withDefaultDomain(Domain.of(from.domain().value())))
                    .map(Username::asString)
                    .map(EmailAddress::parse)
                    .ifPresent(targets::add);
        }
        return targets;
    }

    private static Username username(EmailAddress address) {
        return Username.fromLocalPartWithDomain(
                address.localPart(), address.domain().value());
    }
}
