package org.mailflow.core.container.reading;

import java.util.List;
import org.mailflow.core.config.reading.Section;

/**
 * A processor.
 *
 * @param section its element
 * @param state its name; empty where it has none
 * @param mailets its mailets, in order
 */
public record ProcessorDraft(Section section, String state, List<MailetDraft> mailets) {

    /** Copies the mailets. */
    public ProcessorDraft {
        mailets = List.copyOf(mailets);
    }
}
