package org.mailflow.core.config.reading;

import java.util.List;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.ConnectorSelectionOrder;
import org.mailflow.core.model.Hybrid;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.OutboundConnectors;
import org.mailflow.core.model.Premises;

/**
 * An organization as far as it could be read.
 *
 * @param section its element
 * @param name its name
 * @param premises which side this server plays for it
 * @param acceptedDomains its domains
 * @param hasDirectory whether a directory is configured, readable or not
 * @param directory its recipients
 * @param inboundConnectors its sources of mail
 * @param outboundConnectors its ways out
 * @param hybrid what it knows of its other premises; its section is the organization's where it has none
 * @param selectionOrder which outbound connector wins
 * @param rejectDirectSend whether mail in its name from anybody is refused
 */
public record OrganizationDraft(
        Section section,
        String name,
        Premises premises,
        List<Draft<AcceptedDomain>> acceptedDomains,
        boolean hasDirectory,
        RecipientDirectory directory,
        List<Draft<InboundConnector>> inboundConnectors,
        List<Draft<OutboundConnector>> outboundConnectors,
        Draft<Hybrid> hybrid,
        ConnectorSelectionOrder selectionOrder,
        boolean rejectDirectSend) {

    /** Copies the lists. */
    public OrganizationDraft {
        acceptedDomains = List.copyOf(acceptedDomains);
        inboundConnectors = List.copyOf(inboundConnectors);
        outboundConnectors = List.copyOf(outboundConnectors);
    }

    /** The organization; only meaningful where no error was found. */
    public Organization toOrganization() {
        return new Organization(
                name,
                premises,
                values(acceptedDomains),
                directory,
                values(inboundConnectors),
                new OutboundConnectors(values(outboundConnectors), selectionOrder),
                hybrid.value(),
                rejectDirectSend,
                section.location());
    }

    private static <T> List<T> values(List<Draft<T>> drafts) {
        return drafts.stream().map(Draft::value).toList();
    }
}
