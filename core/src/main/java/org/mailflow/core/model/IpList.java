package org.mailflow.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.ip.IpMap;

/** The server's IP allow or block list; of several entries that match, the narrowest that has not expired counts. */
public final class IpList {

    private final List<IpListEntry> entries;
    private final IpMap<IpListEntry> byPrefix;

    /** A list of these entries. */
    public IpList(List<IpListEntry> entries) {
        this.entries = List.copyOf(entries);
        IpMap.Builder<IpListEntry> builder = IpMap.builder();
        this.entries.forEach(entry -> entry.prefixes().forEach(prefix -> builder.put(prefix, entry)));
        byPrefix = builder.build();
    }

    /** The entries as written. */
    public List<IpListEntry> entries() {
        return entries;
    }

    /** The entry that counts for an address at this time. */
    public Optional<IpListEntry> find(IpAddress address, Instant now) {
        return byPrefix.allMatches(address).stream()
                .filter(entry -> entry.countsAt(now))
                .findFirst();
    }
}
