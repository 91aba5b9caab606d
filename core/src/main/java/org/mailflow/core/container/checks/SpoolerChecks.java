package org.mailflow.core.container.checks;

import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.container.ServerKind;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.settings.MailetContainerElements;

/** The spooler, and what all mailets share. */
final class SpoolerChecks {

    private SpoolerChecks() {}

    static void run(MailetContainerDraft container, ServerKind kind) {
        container.spooler().ifPresent(spooler -> threads(spooler, kind));
        container.context().ifPresent(SpoolerChecks::postmaster);
    }

    private static void threads(Section spooler, ServerKind kind) {
        boolean none = spooler.one(MailetContainerElements.THREADS)
                .filter(threads -> threads == 0)
                .isPresent();
        if (none && kind == ServerKind.OUR_SERVER) {
            spooler.error(
                    MailetContainerElements.THREADS,
                    "0 lets mail wait in the spool for ever",
                    "Write 1 or more; 10 serves most");
        } else if (none) {
            spooler.warning(
                    MailetContainerElements.THREADS,
                    "0 lets mail wait in the spool until another node takes it",
                    "Write 1 or more, unless another node does");
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
