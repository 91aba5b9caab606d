package org.mailflow.core.container.checks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailflow.core.config.NearMiss;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.reading.ProcessorDraft;
import org.mailflow.core.container.settings.JamesMailets;
import org.mailflow.core.container.settings.MailetContainerElements;

/** The processors that there are, and those that are named. */
final class ProcessorChecks {

    static final String ROOT = "root";
    static final String ERROR = "error";
    static final String TRANSPORT = "transport";
    private static final String GHOST = "ghost";

    private ProcessorChecks() {}

    static void run(MailetContainerDraft container) {
        names(container);
        demanded(container);
        container.mailets().forEach(mailet -> Reference.byParameters(mailet)
                .forEach(reference -> present(reference, container.states())));
    }

    private static void names(MailetContainerDraft container) {
        Map<String, Section> first = new HashMap<>();
        for (ProcessorDraft processor : container.processors()) {
            Section section = processor.section();
            if (processor.state().equals(GHOST)) {
                section.error(
                        MailetContainerElements.STATE, "ghost is James' word for mail that is done", "Take another");
            }
            Section before = first.putIfAbsent(processor.state(), section);
            if (before != null && !processor.state().isEmpty()) {
                section.error(
                        "is there a second time; James forgets the first, in line "
                                + before.location().line(),
                        "Give one of the two another state, or make one of them");
            }
        }
    }

    private static void demanded(MailetContainerDraft container) {
        for (String state : List.of(ROOT, ERROR, TRANSPORT)) {
            if (container.processor(state).isEmpty()) {
                container
                        .root()
                        .error(
                                "has no processor '" + state + "', without which James does not start",
                                "Add <processor " + "state=\"" + state + "\">");
            }
        }
        container
                .processor(TRANSPORT)
                .filter(transport -> transport.mailets().stream().noneMatch(ProcessorChecks::removesBcc))
                .ifPresent(transport -> transport
                        .section()
                        .error(
                                "does not remove the header bcc, without which James does not start",
                                "Add <mailet match=\"All\" class=\"RemoveMimeHeader\"><name>bcc</name></mailet>"));
    }

    private static boolean removesBcc(MailetDraft mailet) {
        return mailet.is(JamesMailets.REMOVE_MIME_HEADER)
                && mailet.match().isAll()
                && mailet.section().list(JamesMailets.HEADER_NAME).equals(List.of("bcc"));
    }

    private static void present(Reference reference, List<String> states) {
        if (states.contains(reference.processor())) {
            return;
        }
        Section section = reference.mailet().section();
        if (section.has(reference.parameter())) {
            section.error(
                    reference.parameter(),
                    "there is no processor '" + reference.processor() + "'",
                    NearMiss.of(reference.processor(), states)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Add <processor state=\"" + reference.processor() + "\">, or name another"));
        } else {
            section.error(
                    reference.parameter(),
                    "is not written, and the processor '" + reference.processor() + "' that holds then is not there",
                    "Add <processor state=\"" + reference.processor() + "\">, or name another in <"
                            + reference.parameter().name() + ">");
        }
    }
}
