package org.mailflow.core.container.checks;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailflow.core.config.NearMiss;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.settings.MailetElements;

/** What becomes of a mail when a matcher or a mailet fails. */
final class FaultChecks {

    private FaultChecks() {}

    static void run(MailetContainerDraft container) {
        container.mailets().forEach(mailet -> {
            Reference.onFaults(mailet).forEach(reference -> known(reference, container.states()));
            if (mailet.match().own().isPresent()) {
                ownMatcher(mailet);
            }
        });
    }

    private static void known(Reference reference, List<String> states) {
        if (!reference.mailet().section().has(reference.parameter()) || states.contains(reference.lowerCase())) {
            return;
        }
        if (states.stream().anyMatch(reference.processor()::equalsIgnoreCase)) {
            reference
                    .mailet()
                    .section()
                    .error(
                            reference.parameter(),
                            "James looks for the processor '" + reference.lowerCase() + "', in lower case, and sends "
                                    + "the mail to error when it is not there",
                            "Give the processor a state in lower case");
            return;
        }
        Set<String> words = words(reference.parameter());
        List<String> choice =
                Stream.concat(words.stream().sorted(), states.stream()).toList();
        Optional<String> near = NearMiss.of(reference.processor(), choice);
        reference
                .mailet()
                .section()
                .error(
                        reference.parameter(),
                        "'" + reference.processor() + "' is no processor and none of the words",
                        near.map(meant -> "Did you mean " + meant + "?")
                                .orElse("Write propagate, the state of a processor, or one of "
                                        + String.join(
                                                ", ", words.stream().sorted().toList())));
    }

    private static Set<String> words(Parameter<String> parameter) {
        return parameter.equals(MailetElements.ON_MATCH_EXCEPTION) ? Reference.MATCHER_WORDS : Reference.MAILET_WORDS;
    }

    /** Our matchers throw where they do not know: then no answer is a right one. */
    private static void ownMatcher(MailetDraft mailet) {
        Parameter<String> onFault = MailetElements.ON_MATCH_EXCEPTION;
        String value = mailet.value(onFault).orElse("");
        if (!mailet.section().has(onFault)) {
            mailet.section()
                    .warning(
                            onFault,
                            "is not written: a mail that the matcher cannot judge for a moment goes to the processor error",
                            "Write <onMatchException>propagate</onMatchException>");
        } else if (value.equalsIgnoreCase("nomatch") || value.equalsIgnoreCase("matchall")) {
            mailet.section()
                    .error(
                            onFault,
                            value + " takes a fault for an answer: while a directory is down, mail would pass where "
                                    + "it must not",
                            "Write propagate: the mail is tried again");
        }
    }
}
