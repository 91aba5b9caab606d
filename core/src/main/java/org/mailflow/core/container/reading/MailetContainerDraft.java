package org.mailflow.core.container.reading;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailflow.core.config.reading.Section;

/**
 * A {@code mailetcontainer.xml} as far as it could be read.
 *
 * @param root its root
 * @param context what mailets share; empty where it is not written
 * @param spooler how mail is taken from the spool; empty where it is not written
 * @param processors the processors, in the order of the file
 */
public record MailetContainerDraft(
        Section root, Optional<Section> context, Optional<Section> spooler, List<ProcessorDraft> processors) {

    /** Copies the processors. */
    public MailetContainerDraft {
        processors = List.copyOf(processors);
    }

    /** All mailets. */
    public Stream<MailetDraft> mailets() {
        return processors.stream().flatMap(processor -> processor.mailets().stream());
    }

    /** The names of the processors. */
    public List<String> states() {
        return processors.stream().map(ProcessorDraft::state).toList();
    }

    /** The processor that James takes for a name: the last one that has it. */
    public Optional<ProcessorDraft> processor(String state) {
        return processors.stream()
                .filter(processor -> processor.state().equals(state))
                .reduce((first, last) -> last);
    }
}
