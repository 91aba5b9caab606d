package org.mailflow.core.container.checks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailflow.core.config.NearMiss;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.settings.Flaw;
import org.mailflow.core.container.settings.JamesMailets;
import org.mailflow.core.container.settings.MailetElements;
import org.mailflow.core.container.settings.MailetSpec;
import org.mailflow.core.container.settings.MatcherSpec;
import org.mailflow.core.container.settings.OwnMailets;
import org.mailflow.core.container.settings.OwnMatchers;

/** The names of mailets and matchers, and the conditions of ours. */
final class ClassChecks {

    private static final List<String> MAILETS =
            OwnMailets.ALL.stream().map(MailetSpec::className).toList();
    private static final List<String> MATCHERS =
            OwnMatchers.ALL.stream().map(MatcherSpec::className).toList();
    private static final List<String> SIMPLE_NAMES = Stream.concat(OwnMailets.ALL.stream(), JamesMailets.ALL.stream())
            .map(MailetSpec::simpleName)
            .toList();

    private ClassChecks() {}

    static void run(MailetContainerDraft container) {
        container.mailets().forEach(mailet -> {
            if (mailet.spec().isEmpty() && !mailet.className().isEmpty()) {
                mailetName(mailet);
            }
            matcher(mailet);
        });
    }

    private static void mailetName(MailetDraft mailet) {
        String name = mailet.className();
        Optional<String> ours = full(name, MAILETS);
        if (name.startsWith(OwnMailets.PACKAGE) || ours.isPresent()) {
            mailet.section().error(MailetElements.CLASS, "there is no mailet " + name, didYouMean(name, ours, MAILETS));
        } else if (!name.contains(".")) {
            NearMiss.of(name, SIMPLE_NAMES).ifPresent(near -> mailet.section()
                    .warning(
                            MailetElements.CLASS,
                            name + " is no mailet of James that is known here",
                            "Did you mean " + near + "?"));
        }
    }

    private static void matcher(MailetDraft mailet) {
        String name = mailet.match().matcher();
        Parameter<String> attribute = mailet.match().inverted() ? MailetElements.NOTMATCH : MailetElements.MATCH;
        Optional<String> ours = full(name, MATCHERS);
        Optional<MatcherSpec> spec = mailet.match().own();
        if (spec.isEmpty() && (name.startsWith(OwnMatchers.PACKAGE) || ours.isPresent())) {
            mailet.section().error(attribute, "there is no matcher " + name, didYouMean(name, ours, MATCHERS));
        }
        spec.flatMap(matcher -> matcher.flaw(mailet.match().condition(), Optional.empty()))
                .ifPresent(flaw -> complain(mailet, attribute, flaw));
    }

    static void complain(MailetDraft mailet, Parameter<String> attribute, Flaw flaw) {
        mailet.section().error(attribute, mailet.match() + ": " + flaw.message(), upperCase(flaw.remedy()));
    }

    private static String upperCase(String remedy) {
        return Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1);
    }

    /** The class of ours that has this name without its package. */
    private static Optional<String> full(String name, List<String> ours) {
        return ours.stream().filter(known -> known.endsWith("." + name)).findFirst();
    }

    private static String didYouMean(String name, Optional<String> full, List<String> known) {
        return full.map(found -> "Write " + found)
                .or(() -> NearMiss.of(name, known).map(near -> "Did you mean " + near + "?"))
                .orElse("Write one of " + String.join(", ", known));
    }
}
