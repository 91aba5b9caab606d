package org.mailflow.core.config.reading;

import java.util.List;
import java.util.OptionalInt;
import org.mailflow.core.directory.DirectorySources;
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
 * @param sources its sources of recipients in the order in which they are asked, as far as they could be read
 * @param inboundConnectors its sources of mail
 * @param outboundConnectors its ways out
 * @param hybrid what it knows of its other premises; its section is the organization's where it has none
 * @param selectionOrder which outbound connector wins
 * @param rejectDirectSend whether mail in its name from anybody is refused
 * @param senderRewriting whether strangers' mail that leaves gets a sender of its own
 * @param maxHopCount how many servers a mail may have passed through; empty for what is usual on its premises
 */
public record OrganizationDraft(
        Section section,
        String name,
        Premises premises,
        List<Draft<AcceptedDomain>> acceptedDomains,
        boolean hasDirectory,
        List<SourceDraft> sources,
        List<Draft<InboundConnector>> inboundConnectors,
        List<Draft<OutboundConnector>> outboundConnectors,
        Draft<Hybrid> hybrid,
        ConnectorSelectionOrder selectionOrder,
        boolean rejectDirectSend,
        boolean senderRewriting,
        OptionalInt maxHopCount) {

    /** Copies the lists. */
    public OrganizationDraft {
        acceptedDomains = List.copyOf(acceptedDomains);
        sources = List.copyOf(sources);
        inboundConnectors = List.copyOf(inboundConnectors);
        outboundConnectors = List.copyOf(outboundConnectors);
    }

    /** Whether both are the same element. */
    public boolean is(OrganizationDraft other) {
        return section.equals(other.section);
    }

    /** Its files of recipients. */
    public List<RecipientFile> recipientFiles() {
        return sources.stream()
                .filter(RecipientFile.class::isInstance)
                .map(RecipientFile.class::cast)
                .toList();
    }

    /** The organization, with its sources open; only meaningful where no error was found. */
    public Organization toOrganization(DirectorySources opener) {
        return new Organization(
                name,
                premises,
                values(acceptedDomains),
                RecipientDirectory.firstOf(
                        sources.stream().map(source -> source.open(opener)).toList()),
                values(inboundConnectors),
                selection(),
                hybrid.value(),
                rejectDirectSend,
                senderRewriting,
                maxHopCount,
                section.location());
    }

    /** Its ways out, as an index. */
    public OutboundConnectors selection() {
        return new OutboundConnectors(values(outboundConnectors), selectionOrder);
    }

    private static <T> List<T> values(List<Draft<T>> drafts) {
        return drafts.stream().map(Draft::value).toList();
    }
}
