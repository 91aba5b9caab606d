package org.mailflow.core.container.checks;

import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.settings.MailetContainerElements;

/** The spooler, and what all mailets share. */
final class SpoolerChecks {

    private SpoolerChecks() {}

    static void run(MailetContainerDraft container) {
        container.spooler().ifPresent(SpoolerChecks::threads);
        container.context().ifPresent(SpoolerChecks::postmaster);
    }

    private static void threads(Section spooler) {
        if (spooler.one(MailetContainerElements.THREADS)
                .filter(threads -> threads == 0)
                .isPresent()) {
            spooler.warning(
                    MailetContainerElements.THREADS,
                    "0 lets all mail wait in the spool",
                    "Write 1 or more, unless that is meant; 10 serves most");
        }
    }

    private static void postmaster(Section context) {
        context.one(MailetContainerElements.POSTMASTER)
                .filter(address -> address.contains("@"))
                .ifPresent(address -> {
                    try {
                        EmailAddress.parse(address);
                    } catch (IllegalArgumentException e) {
                        context.error(
                                MailetContainerElements.POSTMASTER,
                                "'" + address + "' is no address",
                                "Write one like postmaster@contoso.com");
                    }
                });
    }
}
