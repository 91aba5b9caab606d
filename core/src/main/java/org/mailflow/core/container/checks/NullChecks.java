package org.mailflow.core.container.checks;

import java.util.List;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.reading.ProcessorDraft;
import org.mailflow.core.container.settings.JamesMailets;
import org.mailflow.core.container.settings.MailetSpec;

/** Mail that is deleted without a trace. A processor that does nothing else says that it is meant. */
final class NullChecks {

    private NullChecks() {}

    static void run(MailetContainerDraft container) {
        container.processors().forEach(NullChecks::run);
    }

    private static void run(ProcessorDraft processor) {
        List<MailetDraft> mailets = processor.mailets();
        for (int i = 0; i < mailets.size(); i++) {
            MailetDraft mailet = mailets.get(i);
            boolean alone = mailets.size() == 1 && mailet.match().isAll();
            if (mailet.is(JamesMailets.NULL) && !alone && !isToldOf(mailet, mailets.subList(0, i))) {
                mailet.section()
                        .warning(
                                "deletes mail of which nothing is kept and nobody told",
                                "Put ToRepository in its place, or in front of it with passThrough; or send the mail "
                                        + "to a processor that has nothing but Null");
            }
        }
    }

    private static boolean isToldOf(MailetDraft mailet, List<MailetDraft> before) {
        return before.stream()
                .filter(earlier -> earlier.spec().filter(MailetSpec::tells).isPresent())
                .filter(earlier -> !earlier.onMailetException().equals("ignore"))
                .anyMatch(earlier -> earlier.match().isAll() || earlier.match().equals(mailet.match()));
    }
}
