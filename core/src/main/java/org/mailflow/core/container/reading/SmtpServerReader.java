package org.mailflow.core.container.reading;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailflow.core.config.reading.Reading;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.xml.Element;
import org.mailflow.core.container.settings.SmtpServerElements;

/** Reads {@code smtpserver.xml}. */
public final class SmtpServerReader {

    private final Reading reading;

    /** Reads with these means. */
    public SmtpServerReader(Reading reading) {
        this.reading = reading;
    }

    /** Reads the listeners; none where the root is another, which is noted. */
    public List<ListenerDraft> read(Element root) {
        return Roots.open(root, SmtpServerElements.ROOT, reading).stream()
                .flatMap(section -> named(root, SmtpServerElements.SERVER))
                .map(this::listener)
                .toList();
    }

    private ListenerDraft listener(Element element) {
        Section section = Section.open(element, SmtpServerElements.SERVER, reading, title(element));
        Optional<Section> tls = section.child(SmtpServerElements.TLS);
        tls.ifPresent(found -> SmtpServerElements.TLS.children().forEach(found::child));
        return new ListenerDraft(
                section,
                section.child(SmtpServerElements.AUTH),
                tls,
                section.child(SmtpServerElements.HANDLER_CHAIN),
                named(element, SmtpServerElements.HANDLER_CHAIN)
                        .flatMap(chain -> named(chain, SmtpServerElements.HANDLER))
                        .map(this::handler)
                        .toList());
    }

    /** What stands in a handler is the handler's own affair. */
    private Section handler(Element element) {
        Element bare =
                new Element(element.name(), element.attributes(), List.of(), "", element.source(), element.offset());
        return Section.open(bare, SmtpServerElements.HANDLER, reading, element.name());
    }

    private static Stream<Element> named(Element parent, ElementSpec spec) {
        return parent.children().stream().filter(child -> child.name().equals(spec.name()));
    }

    private static String title(Element element) {
        return named(element, "jmxName")
                .map(name -> element.name() + " '" + name.text() + "'")
                .findFirst()
                .orElse(element.name());
    }

    private static Stream<Element> named(Element parent, String name) {
        return parent.children().stream().filter(child -> child.name().equals(name));
    }
}
