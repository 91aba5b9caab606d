package org.mailflow.core.container.reading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.config.NearMiss;
import org.mailflow.core.config.reading.Reading;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.xml.Element;
import org.mailflow.core.container.ServerKind;
import org.mailflow.core.container.settings.JamesMailets;
import org.mailflow.core.container.settings.MailetContainerElements;
import org.mailflow.core.container.settings.MailetElements;
import org.mailflow.core.container.settings.MailetSpec;
import org.mailflow.core.container.settings.OwnMailets;

/** Reads the element {@code mailet}: strictly where the mailet is known, else only what every mailet has. */
final class MailetReader {

    /** James of old called match so; that of today reads it as nothing. */
    private static final String MATCHER = "matcher";

    private static final List<String> FAULTS =
            List.of(MailetElements.ON_MATCH_EXCEPTION.name(), MailetElements.ON_MAILET_EXCEPTION.name());

    /** The samples of James have it; James itself never did. */
    private static final String OUTGOING_QUEUE = "outgoingQueue";

    private final Reading reading;
    private final ServerKind kind;

    MailetReader(Reading reading, ServerKind kind) {
        this.reading = reading;
        this.kind = kind;
    }

    MailetDraft read(Element element) {
        String written = element.attributes().getOrDefault(MailetElements.CLASS.name(), "");
        String simple = written.substring(written.lastIndexOf('.') + 1);
        String title = simple.isEmpty() ? element.name() : element.name() + " " + simple;
        Optional<MailetSpec> spec = OwnMailets.named(written).or(() -> JamesMailets.named(written));
        Section section = Section.open(
                judged(element, spec, title), spec.map(MailetSpec::element).orElse(anyMailet()), reading, title);
        return new MailetDraft(section, element, written, spec, match(element, section));
    }

    private static ElementSpec anyMailet() {
        return MailetContainerElements.PROCESSOR.child("mailet").orElseThrow();
    }

    /** The element without what is noted here, and without parameters that nobody can judge. */
    private Element judged(Element element, Optional<MailetSpec> spec, String title) {
        Map<String, String> attributes = new HashMap<>(element.attributes());
        if (attributes.remove(MATCHER) != null) {
            reading.problems()
                    .error(
                            element.location(),
                            title,
                            "has the attribute matcher, which James does not read: it would give the mailet every mail",
                            "Write match=\"" + element.attributes().get(MATCHER) + "\"");
        }
        List<Element> children = element.children().stream()
                .filter(child -> isJudged(child, spec, title + "/" + child.name()))
                .toList();
        return new Element(element.name(), attributes, children, element.text(), element.source(), element.offset());
    }

    /** Whether the specification of the mailet is to judge a parameter. */
    private boolean isJudged(Element child, Optional<MailetSpec> spec, String title) {
        String name = child.name();
        if (FAULTS.contains(name)
                || spec.filter(mailet -> mailet.names().contains(name)).isPresent()) {
            return true;
        }
        Optional<String> near = NearMiss.of(name, FAULTS);
        if (near.isPresent()) {
            reading.problems()
                    .error(
                            child.location(),
                            title,
                            "is ignored by James: a fault would send the mail to the processor error",
                            "Write " + near.get());
            return false;
        }
        if (spec.filter(JamesMailets.REMOTE_DELIVERY::equals).isPresent() && name.equals(OUTGOING_QUEUE)) {
            ignored(
                    child,
                    title,
                    "is ignored by James: the delivery has the queue " + JamesMailets.OUTGOING.defaultText(),
                    "Write " + JamesMailets.OUTGOING.name());
            return false;
        }
        boolean harmless = spec.filter(mailet -> isHarmless(name, mailet)).isPresent();
        if (harmless) {
            ignored(child, title, "is ignored by James", "Remove it");
        }
        return !harmless && spec.filter(mailet -> !mailet.takes(name)).isPresent();
    }

    /** In a James that ran before, what James ignores and nobody meant otherwise may stay. */
    private boolean isHarmless(String name, MailetSpec mailet) {
        return kind == ServerKind.STOCK_JAMES
                && !OwnMailets.ALL.contains(mailet)
                && !mailet.takes(name)
                && NearMiss.of(name, mailet.names()).isEmpty();
    }

    private void ignored(Element child, String title, String message, String remedy) {
        if (kind == ServerKind.STOCK_JAMES) {
            reading.problems().warning(child.location(), title, message, remedy);
        } else {
            reading.problems().error(child.location(), title, message, remedy);
        }
    }

    private MatchDraft match(Element element, Section section) {
        boolean matches = section.has(MailetElements.MATCH);
        boolean inverted = section.has(MailetElements.NOTMATCH);
        if (matches && inverted) {
            section.error(
                    MailetElements.NOTMATCH, "is written besides match; James takes one of the two", "Remove one");
        } else if (!matches && !inverted && !element.attributes().containsKey(MATCHER)) {
            section.error(
                    MailetElements.MATCH,
                    "is missing: James gives the mailet every mail then",
                    "Write match=\"All\" if that is meant");
        }
        return section.one(inverted ? MailetElements.NOTMATCH : MailetElements.MATCH)
                .map(text -> MatchDraft.of(text, inverted))
                .orElse(MatchDraft.EVERY_MAIL);
    }
}
