package org.mailflow.directory;

import com.google.common.collect.Iterables;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.LdapSettings;
import org.mailflow.core.directory.Recipient;

/** One question to a directory server. */
final class LdapQuery implements AutoCloseable {

    /** A second entry is one too many, and enough to know. */
    private static final int ENOUGH = 2;

    /** They say nothing of the server, and of other addresses. All others do: a wrong password locks the account. */
    private static final Set<ResultCode> OF_THE_QUESTION = Set.of(
            ResultCode.ADMIN_LIMIT_EXCEEDED,
            ResultCode.INVALID_DN_SYNTAX,
            ResultCode.INVALID_ATTRIBUTE_SYNTAX,
            ResultCode.REFERRAL,
            ResultCode.SIZE_LIMIT_EXCEEDED,
            ResultCode.TIME_LIMIT_EXCEEDED);

    /** What an entry tells. */
    sealed interface Step permits Told, OfGroup {}

    /**
     * All that was asked.
     *
     * @param answer the answer
     */
    record Told(DirectoryAnswer answer) implements Step {}

    /**
     * That it is a group, whose members are to be read.
     *
     * @param entry the group
     * @param recipient the group without its members
     */
    record OfGroup(SearchResultEntry entry, Recipient recipient) implements Step {}

    /** A question that fails. */
    private interface Question<T> {
        T ask() throws LDAPException;
    }

    private final LdapSettings settings;
    private final LdapConnections connections;
    private final AddressFilter filter;
    private final EntryReader reader;
    private final GroupMembers members;

    LdapQuery(LdapSettings settings) {
        this.settings = settings;
        this.connections = new LdapConnections(settings);
        this.filter = new AddressFilter(settings);
        this.reader = new EntryReader(settings);
        this.members = new GroupMembers(connections, reader, settings.limits().responseTimeout());
    }

    /**
     * Looks an address up.
     *
     * @throws ServerUnavailableException where no server answers, or one answers with an error
     */
    Step find(EmailAddress address) throws ServerUnavailableException {
        return answered(() -> {
            List<SearchResultEntry> entries = search(filter.of(address));
            if (entries.isEmpty()) {
                return new Told(new DirectoryAnswer.NotFound());
            }
            return entries.size() == 1
                    ? read(entries.get(0), address)
                    : unavailable("several entries have " + address + ": "
                            + entries.stream().map(SearchResultEntry::getDN).collect(Collectors.joining(" and ")));
        });
    }

    /**
     * Reads the members of a group, which may take long.
     *
     * @throws ServerUnavailableException where no server answers, or one answers with an error
     */
    Told expand(OfGroup group) throws ServerUnavailableException {
        return (Told) answered(() -> {
            try {
                return new Told(new DirectoryAnswer.Found(members.expand(group.entry(), group.recipient())));
            } catch (UnusableEntryException e) {
                return unavailable(group.entry().getDN() + ": " + e.getMessage());
            }
        });
    }

    private static Step answered(Question<Step> question) throws ServerUnavailableException {
        try {
            return question.ask();
        } catch (LDAPException e) {
            if (OF_THE_QUESTION.contains(e.getResultCode())) {
                return unavailable(words(e));
            }
            throw new ServerUnavailableException(words(e), e);
        }
    }

    static Told unavailable(String reason) {
        return new Told(new DirectoryAnswer.Unavailable(reason));
    }

    private Step read(SearchResultEntry entry, EmailAddress address) {
        try {
            Recipient recipient = reader.recipient(entry, address);
            return settings.expandGroups() && recipient.targetAddress().isEmpty() && reader.isGroup(entry)
                    ? new OfGroup(entry, recipient)
                    : new Told(new DirectoryAnswer.Found(reader.placed(recipient)));
        } catch (UnusableEntryException e) {
            return unavailable(entry.getDN() + ": " + e.getMessage());
        }
    }

    private List<SearchResultEntry> search(Filter sought) throws LDAPException {
        SearchRequest request = new SearchRequest(
                settings.baseDn(),
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                ENOUGH,
                0,
                false,
                sought,
                Iterables.toArray(reader.attributes(), String.class));
        try {
            return connections.pool().search(request).getSearchEntries();
        } catch (LDAPSearchException e) {
            List<SearchResultEntry> entries =
                    Optional.ofNullable(e.getSearchEntries()).orElse(List.of());
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED) && entries.size() == ENOUGH) {
                return entries;
            }
            throw e;
        }
    }

    /** Why no server can be asked; empty where one can. */
    Optional<String> probe() {
        try {
            return connections.pool().getEntry(settings.baseDn(), SearchRequest.NO_ATTRIBUTES) == null
                    ? Optional.of("there is no " + settings.baseDn() + ", or " + account() + " may not read it")
                    : Optional.empty();
        } catch (LDAPException e) {
            return Optional.of(words(e));
        }
    }

    private String account() {
        return settings.credentials().map(LdapSettings.Credentials::bindDn).orElse("anybody");
    }

    private static String words(LDAPException e) {
        String message = Optional.ofNullable(e.getMessage()).orElse("no reason given");
        return e.getResultCode().getName() + ": "
                + message.replaceAll("\\s+", " ").strip();
    }

    @Override
    public void close() {
        connections.close();
    }
}
