package org.mailflow.core.config.reading;

import java.time.InstantSource;
import java.util.List;
import org.mailflow.core.directory.DirectorySources;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.secret.SigningKey;

/**
 * The whole configuration as far as it could be read.
 *
 * @param server the server's settings
 * @param organizations the organizations
 */
public record MailflowDraft(ServerDraft server, List<OrganizationDraft> organizations) {

    /** Copies the list. */
    public MailflowDraft {
        organizations = List.copyOf(organizations);
    }

    /**
     * The snapshot, with its sources of recipients open; only meaningful where no error was found.
     *
     * @param signingKey that of a server whose configuration names none
     */
    public Mailflow toMailflow(long generation, DirectorySources sources, SigningKey signingKey, InstantSource clock) {
        return new Mailflow(
                generation,
                server.settings(),
                organizations.stream()
                        .map(organization -> organization.toOrganization(sources))
                        .toList(),
                server.signingKey().orElse(signingKey),
                clock);
    }
}
