package org.mailflow.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;

/**
 * Reads the members of a group. A member with an address counts by its address, and is looked up by it if it is a group
 * itself; the members of a group without address are members of the outer one. A member that is gone, or that has no
 * address, receives no mail.
 */
final class GroupMembers {

    /** Active Directory gives no more than 1500 values at a time: {@code member;range=0-1499}. */
    private static final Pattern RANGE = Pattern.compile(";range=[0-9]+-([0-9]+|\\*)", Pattern.CASE_INSENSITIVE);

    private static final int MOST = 100_000;

    private final LdapConnections connections;
    private final EntryReader reader;

    GroupMembers(LdapConnections connections, EntryReader reader) {
        this.connections = connections;
        this.reader = reader;
    }

    /** The group with its members. */
    Recipient expand(SearchResultEntry group, Recipient recipient) throws LDAPException, UnusableEntryException {
        Set<EmailAddress> members = new LinkedHashSet<>();
        Set<DN> seen = new HashSet<>(Set.of(group.getParsedDN()));
        Deque<String> left = new ArrayDeque<>(memberNames(group));
        while (!left.isEmpty()) {
            String name = left.pop();
            if (!seen.add(new DN(name))) {
                continue;
            }
            if (seen.size() > MOST) {
                throw new UnusableEntryException("has more than " + MOST + " members");
            }
            Optional<SearchResultEntry> member = entry(name);
            Optional<EmailAddress> address = member.flatMap(reader::primary);
            if (address.isPresent()) {
                members.add(address.get());
            } else if (member.filter(reader::isGroup).isPresent()) {
                memberNames(member.get()).forEach(left::addLast);
            }
        }
        members.remove(recipient.primaryAddress());
        return Recipient.expandedTo(
                recipient.primaryAddress(), recipient.proxyAddresses(), new Expansion(new ArrayList<>(members)));
    }

    private Optional<SearchResultEntry> entry(String name) throws LDAPException {
        return Optional.ofNullable(
                connections.pool().getEntry(name, reader.attributes().toArray(String[]::new)));
    }

    private List<String> memberNames(Entry group) throws LDAPException {
        List<String> names = new ArrayList<>();
        for (String attribute : reader.member()) {
            String[] values = group.getAttributeValues(attribute);
            if (values != null) {
                names.addAll(List.of(values));
            }
            ranges(group, attribute, names);
        }
        return names;
    }

    private void ranges(Entry group, String attribute, List<String> names) throws LDAPException {
        Optional<Attribute> range = range(group, attribute);
        while (range.isPresent()) {
            names.addAll(List.of(range.get().getValues()));
            Optional<Integer> last = lastOf(range.get());
            @Nullable
            Entry next = last.isEmpty()
                    ? null
                    : connections.pool().getEntry(group.getDN(), attribute + ";range=" + (last.get() + 1) + "-*");
            range = next == null ? Optional.empty() : range(next, attribute);
        }
    }

    private static Optional<Attribute> range(Entry entry, String attribute) {
        String prefix = attribute.toLowerCase(Locale.ROOT) + ";range=";
        return entry.getAttributes().stream()
                .filter(candidate ->
                        candidate.getName().toLowerCase(Locale.ROOT).startsWith(prefix))
                .filter(candidate -> candidate.size() > 0)
                .findFirst();
    }

    /** The number of the last value; empty where no more follow. */
    private static Optional<Integer> lastOf(Attribute range) {
        Matcher end = RANGE.matcher(range.getName());
        return end.find() && !end.group(1).equals("*") ? Optional.of(Integer.valueOf(end.group(1))) : Optional.empty();
    }
}
