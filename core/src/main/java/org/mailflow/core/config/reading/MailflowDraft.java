package org.mailflow.core.config.reading;

import java.util.List;
import org.mailflow.core.model.Mailflow;

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

    /** The snapshot; only meaningful where no error was found. */
    public Mailflow toMailflow(long generation) {
        return new Mailflow(
                generation,
                server.settings(),
                organizations.stream().map(OrganizationDraft::toOrganization).toList());
    }
}
