package org.mailflow.core.config.reading;

import org.mailflow.core.directory.DirectorySources;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.directory.RecipientSource;

/** A source of recipients as far as it could be read. */
public sealed interface SourceDraft permits RecipientFile, SourceDraft.Asked {

    /** What it opens to. */
    RecipientDirectory open(DirectorySources sources);

    /**
     * A source that is asked while mail waits for the answer.
     *
     * @param source how
     * @param section its element
     */
    record Asked(RecipientSource source, Section section) implements SourceDraft {
        @Override
        public RecipientDirectory open(DirectorySources sources) {
            return RecipientDirectory.named(source.title(), sources.open(source));
        }
    }
}
