package org.mailflow.core.container.checks;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.reading.ProcessorDraft;
import org.mailflow.core.container.settings.JamesMailets;
import org.mailflow.core.container.settings.MailetElements;
import org.mailflow.core.container.settings.MailetSpec;

/** The ends of processors: James deletes a mail that comes to one. */
final class EndChecks {

    private static final String REMEDY = "End the processor with a mailet that takes every mail: ToProcessor, "
            + "ToRepository, a delivery; or Null, if mail is to be deleted";

    private static final String TOLD_REMEDY =
            "If that is meant, write <passThrough>false</passThrough> or put Null behind it";

    private EndChecks() {}

    static void run(MailetContainerDraft container) {
        container.processors().forEach(EndChecks::run);
    }

    private static void run(ProcessorDraft processor) {
        List<MailetDraft> mailets = processor.mailets();
        if (mailets.isEmpty()) {
            processor.section().error("has no mailet: James deletes every mail that comes to it", REMEDY);
            return;
        }
        Optional<MailetDraft> taker = mailets.stream()
                .filter(mailet -> mailet.match().isAll() && Flow.of(mailet, processor) != Flow.GOES_ON)
                .findFirst();
        if (taker.isEmpty()) {
            falls(mailets.get(mailets.size() - 1), processor);
        } else if (Flow.of(taker.get(), processor) == Flow.ENDS) {
            neverReached(mailets, taker.get());
            fault(taker.get(), processor);
        } else {
            fault(mailets.get(mailets.size() - 1), processor);
        }
    }

    private static void falls(MailetDraft last, ProcessorDraft processor) {
        String place = "is the last of processor '" + processor.state() + "', but ";
        boolean told = processor.mailets().stream()
                .anyMatch(mailet -> mailet.match().isAll()
                        && mailet.spec().filter(MailetSpec::tells).isPresent());
        if (told) {
            last.section().warning(place + "passes mail on: James deletes it, and warns of that", TOLD_REMEDY);
        } else if (Flow.of(last, processor) == Flow.ENDS) {
            last.section()
                    .error(
                            place + "takes only " + last.match() + ": James deletes all other mail that comes here",
                            REMEDY);
        } else {
            last.section().error(place + "passes mail on: James deletes it then", REMEDY);
        }
    }

    private static void neverReached(List<MailetDraft> mailets, MailetDraft taker) {
        int after = mailets.indexOf(taker) + 1;
        if (after < mailets.size()) {
            mailets.get(after)
                    .section()
                    .warning(
                            "is never reached: " + taker.simpleName() + " in line "
                                    + taker.section().location().line() + " takes every mail before",
                            "Move it up, or remove it");
        }
    }

    /** A fault in the mailet that takes the mail must not let it fall off the end. */
    private static void fault(MailetDraft taker, ProcessorDraft processor) {
        String onFault = taker.onMailetException();
        boolean written = taker.section().has(MailetElements.ON_MAILET_EXCEPTION);
        boolean cannotFail = taker.is(JamesMailets.NULL) || taker.is(JamesMailets.TO_PROCESSOR);
        if (onFault.equals("ignore") || (onFault.equals(processor.state()) && !cannotFail)) {
            taker.section()
                    .error(
                            MailetElements.ON_MAILET_EXCEPTION,
                            written
                                    ? onFault
                                            + " lets a mail on which it fails come to the end of the processor, where "
                                            + "James deletes it"
                                    : "is not written: a mail on which it fails comes to the end of this processor, "
                                            + "where James deletes it",
                            "Write propagate: the mail is tried again, and kept in the end");
        } else if (!written && !cannotFail) {
            taker.section()
                    .warning(
                            MailetElements.ON_MAILET_EXCEPTION,
                            "is not written: a mail on which it fails once goes to the processor error",
                            "Write propagate, which tries it again, or the processor that is meant");
        }
    }
}
