package org.mailflow.core.container.checks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.settings.ContainerKinds;
import org.mailflow.core.container.settings.MailetElements;

/**
 * A mailet that sends mail to a processor, always or in some case.
 *
 * @param mailet who
 * @param parameter where the processor is named
 * @param processor its name
 */
record Reference(MailetDraft mailet, Parameter<String> parameter, String processor) {

    static final Set<String> MATCHER_WORDS = Set.of("propagate", "nomatch", "matchall");
    static final Set<String> MAILET_WORDS = Set.of("propagate", "ignore");

    /** Those of the parameters of a mailet. */
    static List<Reference> byParameters(MailetDraft mailet) {
        return mailet.spec().stream()
                .flatMap(spec -> spec.parameters().stream())
                .flatMap(parameter -> processor(parameter).stream())
                .flatMap(parameter -> of(mailet, parameter).stream())
                .toList();
    }

    /** Those for faults. James looks a processor up in lower case there. */
    static List<Reference> onFaults(MailetDraft mailet) {
        return Stream.concat(
                        of(mailet, MailetElements.ON_MATCH_EXCEPTION).stream()
                                .filter(named -> !MATCHER_WORDS.contains(named.lowerCase())),
                        of(mailet, MailetElements.ON_MAILET_EXCEPTION).stream()
                                .filter(named -> !MAILET_WORDS.contains(named.lowerCase())))
                .toList();
    }

    String lowerCase() {
        return processor.toLowerCase(Locale.US);
    }

    private static Optional<Reference> of(MailetDraft mailet, Parameter<String> parameter) {
        return mailet.value(parameter).map(name -> new Reference(mailet, parameter, name));
    }

    @SuppressWarnings("unchecked") // The kind says what the values are.
    private static Optional<Parameter<String>> processor(Parameter<?> parameter) {
        return parameter.kind().equals(ContainerKinds.PROCESSOR)
                ? Optional.of((Parameter<String>) parameter)
                : Optional.empty();
    }
}
