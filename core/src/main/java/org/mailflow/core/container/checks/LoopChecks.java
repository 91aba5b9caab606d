package org.mailflow.core.container.checks;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.reading.ProcessorDraft;
import org.mailflow.core.container.settings.JamesMailets;

/** Processors that hand every mail to each other, round and round. */
final class LoopChecks {

    private LoopChecks() {}

    static void run(MailetContainerDraft container) {
        container.processors().stream()
                .filter(processor -> returns(processor, container))
                .flatMap(processor -> next(processor).stream())
                .forEach(mailet -> mailet.section()
                        .error(
                                JamesMailets.PROCESSOR,
                                "every mail comes back here by itself: it would go round for ever",
                                "Send it where a mailet takes it"));
    }

    private static boolean returns(ProcessorDraft start, MailetContainerDraft container) {
        Set<String> passed = new HashSet<>();
        Optional<String> state = target(start);
        while (state.isPresent() && passed.add(state.get())) {
            if (state.get().equals(start.state())) {
                return true;
            }
            state = container.processor(state.get()).flatMap(LoopChecks::target);
        }
        return false;
    }

    private static Optional<String> target(ProcessorDraft processor) {
        return next(processor)
                .flatMap(mailet -> mailet.value(JamesMailets.PROCESSOR))
                .filter(state -> !state.equals(processor.state()));
    }

    /** The mailet that sends every mail on, if no other can take one before. */
    private static Optional<MailetDraft> next(ProcessorDraft processor) {
        for (MailetDraft mailet : processor.mailets()) {
            if (Flow.of(mailet, processor) != Flow.GOES_ON) {
                return Optional.of(mailet)
                        .filter(last -> last.is(JamesMailets.TO_PROCESSOR)
                                && last.match().isAll());
            }
        }
        return Optional.empty();
    }
}
