package org.mailflow.core.config.reading;

import java.util.Map;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.directory.DirectorySources;
import org.mailflow.core.directory.RecipientDirectory;

/**
 * A file of recipients.
 *
 * @param name how the administrator knows it
 * @param recipients what it holds
 * @param primaryDomains the domains of primary addresses, each with the line of its first recipient
 */
public record RecipientFile(String name, RecipientDirectory recipients, Map<DomainName, Integer> primaryDomains)
        implements SourceDraft {

    /** Copies the map. */
    public RecipientFile {
        primaryDomains = Map.copyOf(primaryDomains);
    }

    /** It is open already: a file is read with the configuration. */
    @Override
    public RecipientDirectory open(DirectorySources sources) {
        return RecipientDirectory.named("file " + name, recipients);
    }
}
