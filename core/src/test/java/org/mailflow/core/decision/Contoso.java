package org.mailflow.core.decision;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Location;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.Recipient;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.ConnectorSelectionOrder;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.Hybrid;
import org.mailflow.core.model.IpList;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.OutboundConnectors;
import org.mailflow.core.model.Premises;
import org.mailflow.core.model.RetrySchedule;
import org.mailflow.core.model.ServerSettings;

/** Contoso's on-premises side, with a directory that can be made unavailable: what a file cannot be. */
final class Contoso {

    static final EmailAddress CHRIS = EmailAddress.parse("chris@contoso.com");
    static final EmailAddress DAVID = EmailAddress.parse("david@contoso.com");
    static final EmailAddress DAVID_IN_THE_CLOUD = EmailAddress.parse("david@contoso.mail.onmicrosoft.com");
    static final EmailAddress CONTACT = EmailAddress.parse("contact@contoso.com");
    static final EmailAddress ERIN = EmailAddress.parse("erin@cpandl.com");
    static final EmailAddress FLAKY = EmailAddress.parse("flaky@contoso.com");
    static final EmailAddress NOBODY = EmailAddress.parse("nobody@contoso.com");
    static final EmailAddress OLD = EmailAddress.parse("old@legacy.contoso.com");
    static final EmailAddress STRANDED = EmailAddress.parse("stranded@stranded.contoso.com");

    private static final Location ANYWHERE = new Location("mailflow.xml", 1, 1);
    private static final Map<EmailAddress, Recipient> RECIPIENTS = Map.of(
            CHRIS,
            new Recipient(CHRIS, Optional.empty(), List.of()),
            EmailAddress.parse("info@contoso.com"),
            new Recipient(CHRIS, Optional.empty(), List.of(EmailAddress.parse("info@contoso.com"))),
            DAVID,
            new Recipient(DAVID, Optional.of(DAVID_IN_THE_CLOUD), List.of()),
            CONTACT,
            new Recipient(CONTACT, Optional.of(ERIN), List.of()));

    private Contoso() {}

    static Mailflow mailflow() {
        return mailflow(directory());
    }

    static Mailflow mailflow(RecipientDirectory directory) {
        Organization organization = new Organization(
                "contoso",
                Premises.ON_PREMISES,
                List.of(
                        accepted("contoso.com", AcceptedDomainType.AUTHORITATIVE),
                        accepted("legacy.contoso.com", AcceptedDomainType.INTERNAL_RELAY),
                        accepted("stranded.contoso.com", AcceptedDomainType.INTERNAL_RELAY),
                        accepted("outside.contoso.com", AcceptedDomainType.EXTERNAL_RELAY)),
                directory,
                List.of(),
                new OutboundConnectors(
                        List.of(
                                connector("To the cloud", "contoso.mail.onmicrosoft.com"),
                                connector("To the old servers", "legacy.contoso.com")),
                        ConnectorSelectionOrder.SPECIFICITY),
                new Hybrid(Optional.of(DAVID_IN_THE_CLOUD.domain()), ANYWHERE),
                false,
                false,
                ANYWHERE);
        ServerSettings server = new ServerSettings(
                "mail.contoso.com", new IpList(List.of()), new IpList(List.of()), List.of(), Set.of());
        return new Mailflow(7, server, List.of(organization));
    }

    private static AcceptedDomain accepted(String name, AcceptedDomainType type) {
        return new AcceptedDomain(DomainName.parse(name), type, false, ANYWHERE);
    }

    static RecipientDirectory directory() {
        return address -> {
            if (address.equals(FLAKY)) {
                return new DirectoryAnswer.Unavailable("time-out");
            }
            Recipient recipient = RECIPIENTS.get(address);
            return recipient == null ? new DirectoryAnswer.NotFound() : new DirectoryAnswer.Found(recipient);
        };
    }

    private static OutboundConnector connector(String name, String domain) {
        return new OutboundConnector(
                name,
                ConnectorType.ON_PREMISES,
                true,
                List.of(DomainPattern.parse(domain)),
                false,
                true,
                List.of(),
                25,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false,
                false,
                1,
                new RetrySchedule(List.of(Duration.ofMinutes(1)), Duration.ofDays(1)),
                List.of(),
                "",
                ANYWHERE);
    }
}
