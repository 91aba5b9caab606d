package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.ServerElements.ADDRESS;
import static org.mailflow.core.config.settings.ServerElements.EXPIRES;

import org.mailflow.core.config.reading.Draft;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.model.IpListEntry;

/** The entries of the IP lists still count, and mean somebody. */
final class IpListChecks {

    private IpListChecks() {}

    static void run(MailflowDraft draft) {
        draft.server().ipListEntries().forEach(entry -> {
            counts(entry);
            isNarrow(entry);
        });
    }

    private static void counts(Draft<IpListEntry> entry) {
        if (!entry.value().countsAt(entry.section().now())) {
            entry.section().warning(EXPIRES, "is past: the entry no longer counts", "Remove it, or set a later time");
        }
    }

    private static void isNarrow(Draft<IpListEntry> entry) {
        entry.value().prefixes().stream()
                .filter(WideNetworks::isWide)
                .findFirst()
                .ifPresent(prefix -> entry.section()
                        .warning(ADDRESS, prefix + " is a very wide network", "Write the addresses that are meant"));
    }
}
