package org.mailflow.core.container.reading;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.config.reading.Reading;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.xml.Element;
import org.mailflow.core.container.ServerKind;
import org.mailflow.core.container.settings.MailetContainerElements;

/** Reads {@code mailetcontainer.xml}. */
public final class MailetContainerReader {

    private final Reading reading;
    private final MailetReader mailets;

    /** Reads with these means. */
    public MailetContainerReader(Reading reading, ServerKind kind) {
        this.reading = reading;
        this.mailets = new MailetReader(reading, kind);
    }

    /** Reads the root; gives nothing where it is another, which is noted. */
    public Optional<MailetContainerDraft> read(Element root) {
        return Roots.open(root, MailetContainerElements.ROOT, reading)
                .map(section -> new MailetContainerDraft(
                        section,
                        section.child(MailetContainerElements.CONTEXT),
                        section.child(MailetContainerElements.SPOOLER),
                        processors(root)));
    }

    private List<ProcessorDraft> processors(Element root) {
        return root.children().stream()
                .filter(child -> child.name().equals(MailetContainerElements.PROCESSORS.name()))
                .peek(processors ->
                        Section.open(processors, MailetContainerElements.PROCESSORS, reading, processors.name()))
                .flatMap(processors -> processors.children().stream())
                .filter(child -> child.name().equals(MailetContainerElements.PROCESSOR.name()))
                .map(this::processor)
                .toList();
    }

    private ProcessorDraft processor(Element element) {
        String state = element.attributes().getOrDefault(MailetContainerElements.STATE.name(), "");
        Section section = Section.open(
                element,
                MailetContainerElements.PROCESSOR,
                reading,
                element.name() + (state.isEmpty() ? "" : " '" + state + "'"));
        matchers(element);
        return new ProcessorDraft(
                section,
                section.one(MailetContainerElements.STATE, ""),
                element.children().stream()
                        .filter(child -> child.name().equals("mailet"))
                        .map(mailets::read)
                        .toList());
    }

    /** Matchers may hold matchers, at any depth. */
    private void matchers(Element parent) {
        parent.children().stream()
                .filter(child -> child.name().equals(MailetContainerElements.MATCHER.name()))
                .forEach(matcher -> {
                    Section.open(matcher, MailetContainerElements.MATCHER, reading, matcher.name());
                    matchers(matcher);
                });
    }
}
