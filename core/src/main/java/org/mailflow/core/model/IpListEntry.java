package org.mailflow.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.config.Location;
import org.mailflow.core.ip.IpPrefix;

/**
 * An entry of the IP allow or block list (cmdlet parameters IPAllowList, IPBlockList).
 *
 * @param text as written: an address, a range or a prefix
 * @param prefixes the same as prefixes
 * @param expires when it ends to count; empty for never
 * @param comment the administrator's
 * @param location where it is configured
 */
public record IpListEntry(
        String text, List<IpPrefix> prefixes, Optional<Instant> expires, String comment, Location location) {

    /** Copies the prefixes. */
    public IpListEntry {
        prefixes = List.copyOf(prefixes);
    }

    /** Whether the entry counts at this time. */
    public boolean countsAt(Instant now) {
        return expires.map(now::isBefore).orElse(true);
    }
}
