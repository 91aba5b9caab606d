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
        container.spooler().ifPresent(SpoolerChecks::threads);
        container.spooler().ifPresent(spooler -> errorRepository(spooler, kind));
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

    /** A stock James puts mail there that failed too often; our server has a repository of its own. */
    private static void errorRepository(Section spooler, ServerKind kind) {
        boolean written = spooler.one(MailetContainerElements.ERROR_REPOSITORY).isPresent();
        if (kind == ServerKind.STOCK_JAMES && !written) {
            spooler.error(
                    MailetContainerElements.ERROR_REPOSITORY,
                    "is missing, and James does not start",
                    "Add <errorRepository>file://var/mail/error/</errorRepository>");
        }
        if (kind == ServerKind.OUR_SERVER && written) {
            spooler.warning(
                    MailetContainerElements.ERROR_REPOSITORY,
                    "has no effect: mail that failed too often is put into poisonRepository of mailflow.xml",
                    "Remove it");
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
