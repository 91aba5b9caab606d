package org.mailflow.core.config.reading;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.config.settings.OrganizationElements;
import org.mailflow.core.config.settings.ServerElements;
import org.mailflow.core.config.xml.Element;
import org.mailflow.core.model.RetryDefaults;

/** Reads the root of the file. */
public final class MailflowReader {

    private final Reading reading;

    /** Reads with these means. */
    public MailflowReader(Reading reading) {
        this.reading = reading;
    }

    /** Reads the root; gives nothing where it is no {@code mailflow} with a {@code server}, which is noted. */
    public Optional<MailflowDraft> read(Element root) {
        if (!root.name().equals(OrganizationElements.ROOT.name())) {
            reading.problems()
                    .error(
                            root.location(),
                            root.name(),
                            "is not the root of a mail flow configuration",
                            "The root is <" + OrganizationElements.ROOT.name() + ">");
            return Optional.empty();
        }
        Section section = Section.open(root, OrganizationElements.ROOT, reading);
        Optional<ServerDraft> server = section.child(ServerElements.ELEMENT).map(new ServerReader(reading)::read);
        OrganizationReader organizations = new OrganizationReader(
                reading,
                server.map(draft -> draft.settings().trustedCertificates()).orElse(Set.of()),
                server.map(draft -> draft.settings().retryDefaults()).orElse(RetryDefaults.EXCHANGE));
        List<OrganizationDraft> read = section.children(OrganizationElements.ELEMENT).stream()
                .map(organizations::read)
                .toList();
        return server.map(draft -> new MailflowDraft(draft, read));
    }
}
