package org.mailflow.directory;

import com.google.common.collect.Lists;
import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the members of a group, a hundred at a time. A member with an address counts by its address, and is looked up by it
 * if it is a group itself; the members of a group without address are members of the outer one. A member that is gone, that
 * another server holds, or that has no address receives no mail; the expansion and the log tell who.
 */
final class GroupMembers {

    private static final Logger LOGGER = LoggerFactory.getLogger(GroupMembers.class);
    /** Active Directory gives no more than 1500 values at a time: {@code member;range=0-1499}. */
    private static final Pattern RANGE = Pattern.compile(";range=[0-9]+-([0-9]+|\\*)", Pattern.CASE_INSENSITIVE);

    private static final int MOST = 100_000;
    private static final int AT_A_TIME = 100;
    private static final int LOGGED = 5;
    /** For a group with all the groups in it; whoever asks does not wait for so long. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final LdapConnections connections;
    private final EntryReader reader;
    private final Duration patience;

    GroupMembers(LdapConnections connections, EntryReader reader, Duration patience) {
        this.connections = connections;
        this.reader = reader;
        this.patience = patience;
    }

    /** The group with its members. */
    Recipient expand(SearchResultEntry group, Recipient recipient) throws LDAPException, UnusableEntryException {
        Reading reading = new Reading(System.nanoTime());
        reading.seen.add(group.getParsedDN());
        List<String> left = memberNames(group);
        while (!left.isEmpty()) {
            left = reading.next(left);
        }
        reading.members.remove(recipient.primaryAddress());
        if (!reading.skipped.isEmpty()) {
            LOGGER.warn(
                    "{} of {} members of {} receive nothing: {}{}",
                    reading.skipped.size(),
                    reading.seen.size() - 1,
                    group.getDN(),
                    String.join("; ", reading.skipped.subList(0, Math.min(LOGGED, reading.skipped.size()))),
                    reading.skipped.size() > LOGGED ? "; …" : "");
        }
        return Recipient.expandedTo(
                recipient.primaryAddress(),
                recipient.proxyAddresses(),
                new Expansion(new ArrayList<>(reading.members), reading.skipped));
    }

    /** One group being read. */
    private final class Reading {

        private final long begin;
        private final Set<DN> seen = new HashSet<>();
        private final Set<EmailAddress> members = new LinkedHashSet<>();
        private final List<String> skipped = new ArrayList<>();

        private Reading(long begin) {
            this.begin = begin;
        }

        /** Takes members in, and gives those of the groups among them. */
        private List<String> next(List<String> names) throws LDAPException, UnusableEntryException {
            List<String> unread = new ArrayList<>();
            for (String name : names) {
                if (isNew(name)) {
                    unread.add(name);
                }
            }
            if (seen.size() > MOST) {
                throw new UnusableEntryException("has more than " + MOST + " members");
            }
            List<String> ofGroups = new ArrayList<>();
            for (List<String> batch : Lists.partition(unread, AT_A_TIME)) {
                if (System.nanoTime() - begin > LONGEST.toNanos()) {
                    throw new UnusableEntryException(
                            "its members cannot be read in " + LONGEST.toSeconds() + " seconds");
                }
                for (Map.Entry<String, Answer> answer : ask(batch).entrySet()) {
                    Optional<SearchResultEntry> member = answer.getValue().entry();
                    if (member.isPresent()) {
                        take(member.get(), ofGroups);
                    } else {
                        skipped.add(answer.getKey() + ": " + answer.getValue().why());
                    }
                }
            }
            return ofGroups;
        }

        private boolean isNew(String name) {
            try {
                return seen.add(new DN(name));
            } catch (LDAPException e) {
                skipped.add(name + ": is no name of an entry");
                return false;
            }
        }

        private void take(SearchResultEntry member, List<String> ofGroups) throws LDAPException {
            try {
                members.add(reader.ofMember(member));
            } catch (UnusableEntryException e) {
                if (reader.isGroup(member)) {
                    ofGroups.addAll(memberNames(member));
                } else {
                    skipped.add(member.getDN() + ": " + e.getMessage());
                }
            }
        }
    }

    /**
     * What a server says of a member.
     *
     * @param entry the member
     * @param why there is none
     */
    private record Answer(Optional<SearchResultEntry> entry, String why) {}

    /** Asks for all of them before the first answer. */
    private Map<String, Answer> ask(List<String> names) throws LDAPException {
        Map<String, FoundEntry> found = new LinkedHashMap<>();
        List<LDAPRequest> requests = new ArrayList<>();
        for (String name : names) {
            FoundEntry listener = new FoundEntry();
            found.put(name, listener);
            requests.add(new SearchRequest(
                    listener,
                    name,
                    SearchScope.BASE,
                    Filter.createPresenceFilter("objectClass"),
                    reader.attributes().toArray(String[]::new)));
        }
        List<AsyncRequestID> asked = connections.groups().processRequestsAsync(requests, patience.toMillis());
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            answers.put(name, answer(result(asked.get(i)), found.getOrDefault(name, new FoundEntry())));
        }
        return answers;
    }

    private static LDAPResult result(AsyncRequestID asked) throws LDAPException {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LDAPException(ResultCode.USER_CANCELED, "interrupted", e);
        }
    }

    private static Answer answer(LDAPResult result, FoundEntry found) throws LDAPException {
        ResultCode code = result.getResultCode();
        if (code.equals(ResultCode.REFERRAL)) {
            return new Answer(Optional.empty(), "is held by another server, which is not asked");
        }
        if (code.equals(ResultCode.SUCCESS)
                || code.equals(ResultCode.NO_SUCH_OBJECT)
                || code.equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
            return new Answer(found.entry(), "is not there, or must not be read");
        }
        throw new LDAPException(result);
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
                    : connections.groups().getEntry(group.getDN(), attribute + ";range=" + (last.get() + 1) + "-*");
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
