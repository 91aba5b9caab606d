package org.mailflow.core.container.checks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.mailflow.core.config.xml.Element;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.reading.ProcessorDraft;

/** Processors that no mail ever comes to. */
final class ReachChecks {

    private ReachChecks() {}

    static void run(MailetContainerDraft container) {
        Set<String> reached = new HashSet<>();
        Deque<String> open =
                new ArrayDeque<>(List.of(ProcessorChecks.ROOT, ProcessorChecks.ERROR, ProcessorChecks.TRANSPORT));
        while (!open.isEmpty()) {
            String state = open.pop();
            if (reached.add(state)) {
                container.processor(state).stream()
                        .flatMap(processor -> processor.mailets().stream())
                        .flatMap(mailet -> targets(mailet, container.states()))
                        .forEach(open::push);
            }
        }
        container.processors().stream()
                .filter(processor -> !processor.state().isEmpty() && !reached.contains(processor.state()))
                .map(ProcessorDraft::section)
                .forEach(section -> section.warning(
                        "is named by no mailet that mail comes to: it does nothing",
                        "Send mail to it with ToProcessor, or remove it"));
    }

    private static Stream<String> targets(MailetDraft mailet, List<String> states) {
        return Stream.of(
                        Reference.byParameters(mailet).stream().map(Reference::processor),
                        Reference.onFaults(mailet).stream().map(Reference::lowerCase),
                        guesses(mailet, states))
                .flatMap(targets -> targets);
    }

    /** A mailet that is not known may mean a processor with any of its parameters. */
    private static Stream<String> guesses(MailetDraft mailet, List<String> states) {
        return mailet.spec().isPresent()
                ? Stream.empty()
                : mailet.element().children().stream().map(Element::text).filter(states::contains);
    }
}
