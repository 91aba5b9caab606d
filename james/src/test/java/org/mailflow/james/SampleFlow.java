package org.mailflow.james;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.Location;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.ip.IpSet;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.ConnectorSelectionOrder;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.FaultSchedule;
import org.mailflow.core.model.Hybrid;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.IpList;
import org.mailflow.core.model.Liveness;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.MimeLimits;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.OutboundConnectors;
import org.mailflow.core.model.OutboundLimits;
import org.mailflow.core.model.Premises;
import org.mailflow.core.model.RetryDefaults;
import org.mailflow.core.model.ServerSettings;
import org.mailflow.core.model.SessionLimits;
import org.mailflow.core.model.SkipListing;
import org.mailflow.core.tls.CertificateDemand;
import org.mailflow.core.tls.ServerCertificate;

/**
 * The configuration of contoso's on-premises side that tests begin with, and change: chris has his mailbox here, david
 * in the cloud, info is an alias of chris, contact a contact on the internet.
 */
public final class SampleFlow {

    private static final Location ANYWHERE = new Location("mailflow.xml", 1, 1);

    private final Map<EmailAddress, Recipient> recipients = new HashMap<>();
    private final Set<EmailAddress> unavailable = new HashSet<>();
    private final List<InboundConnector> inbound = new ArrayList<>();
    private final List<OutboundConnector> outbound = new ArrayList<>();
    private final List<ServerCertificate> certificates = new ArrayList<>();
    private final Set<X509Certificate> trusted = new HashSet<>();
    private FaultSchedule faults = FaultSchedule.DEFAULT;
    private OutboundLimits limits = OutboundLimits.DEFAULT;
    private RetryDefaults retryDefaults = RetryDefaults.EXCHANGE;
    private Premises premises = Premises.ON_PREMISES;

    private SampleFlow() {}

    public static SampleFlow contoso() {
        SampleFlow flow = new SampleFlow();
        flow.mailbox("chris@contoso.com", "info@contoso.com");
        flow.target("david@contoso.com", "david@contoso.mail.onmicrosoft.com");
        flow.target("contact@contoso.com", "erin@cpandl.com");
        return flow;
    }

    public SampleFlow premises(Premises side) {
        premises = side;
        return this;
    }

    public SampleFlow mailbox(String primary, String... aliases) {
        Recipient recipient = new Recipient(EmailAddress.parse(primary), Optional.empty(), List.of());
        recipients.put(recipient.primaryAddress(), recipient);
        for (String alias : aliases) {
            recipients.put(EmailAddress.parse(alias), recipient);
        }
        return this;
    }

    public SampleFlow target(String primary, String target) {
        EmailAddress address = EmailAddress.parse(primary);
        recipients.put(address, new Recipient(address, Optional.of(EmailAddress.parse(target)), List.of()));
        return this;
    }

    /** A group, or a mailbox that forwards its mail: then it is a member of itself if a copy stays. */
    public SampleFlow group(String primary, String... members) {
        EmailAddress address = EmailAddress.parse(primary);
        Expansion expansion =
                new Expansion(List.of(members).stream().map(EmailAddress::parse).toList());
        recipients.put(address, Recipient.expandedTo(address, List.of(), expansion));
        return this;
    }

    public SampleFlow unavailable(String address) {
        unavailable.add(EmailAddress.parse(address));
        return this;
    }

    public SampleFlow available(String address) {
        unavailable.remove(EmailAddress.parse(address));
        return this;
    }

    public SampleFlow outbound(SampleConnector connector) {
        OutboundConnector built = connector.build();
        outbound.removeIf(other -> other.name().equals(built.name()));
        outbound.add(built);
        return this;
    }

    public SampleFlow withoutOutbound(String name) {
        outbound.removeIf(connector -> connector.name().equals(name));
        return this;
    }

    public SampleFlow inbound(
            String name, ConnectorType type, boolean enabled, String senderDomain, String... networks) {
        inbound.add(new InboundConnector(
                name,
                type,
                enabled,
                List.of(DomainPattern.parse(senderDomain)),
                IpSet.of(List.of(networks).stream().map(IpPrefix::parse).toList()),
                false,
                false,
                CertificateDemand.nothing(),
                false,
                false,
                false,
                List.of(),
                SkipListing.NONE,
                "",
                ANYWHERE));
        return this;
    }

    public SampleFlow certificate(ServerCertificate certificate) {
        certificates.add(certificate);
        return this;
    }

    public SampleFlow trust(X509Certificate authority) {
        trusted.add(authority);
        return this;
    }

    public SampleFlow faults(FaultSchedule schedule) {
        faults = schedule;
        return this;
    }

    public SampleFlow limits(OutboundLimits outbound) {
        limits = outbound;
        return this;
    }

    /** When mail is tried again that leaves to MX hosts. */
    public SampleFlow retries(RetryDefaults defaults) {
        retryDefaults = defaults;
        return this;
    }

    /** A snapshot of what was said so far. */
    public Mailflow snapshot(long generation) {
        Set<EmailAddress> failing = Set.copyOf(unavailable);
        Map<EmailAddress, Recipient> known = Map.copyOf(recipients);
        Organization organization = new Organization(
                "contoso",
                premises,
                List.of(
                        accepted("contoso.com", AcceptedDomainType.AUTHORITATIVE),
                        accepted("stranded.contoso.com", AcceptedDomainType.INTERNAL_RELAY)),
                address -> answer(address, known, failing),
                inbound,
                new OutboundConnectors(outbound, ConnectorSelectionOrder.SPECIFICITY),
                new Hybrid(Optional.of(DomainName.parse("contoso.mail.onmicrosoft.com")), ANYWHERE),
                false,
                premises == Premises.CLOUD,
                ANYWHERE);
        ServerSettings server = new ServerSettings(
                "mail.contoso.com",
                new IpList(List.of()),
                new IpList(List.of()),
                certificates,
                trusted,
                0,
                ServerSettings.CERTIFICATE_CHECK_INTERVAL,
                SessionLimits.DEFAULT,
                faults,
                MimeLimits.DEFAULT,
                Liveness.DEFAULT,
                IpSet.of(List.of()),
                limits,
                retryDefaults);
        return new Mailflow(generation, server, List.of(organization));
    }

    /** A running configuration; its reload takes up what was said since. */
    public LiveMailflow live() {
        try {
            return new LiveMailflow(
                    generation -> new Configuration(Optional.of(snapshot(generation)), List.of()), Clock.systemUTC());
        } catch (InvalidConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DirectoryAnswer answer(
            EmailAddress address, Map<EmailAddress, Recipient> known, Set<EmailAddress> failing) {
        if (failing.contains(address)) {
            return new DirectoryAnswer.Unavailable("time-out");
        }
        Recipient recipient = known.get(address);
        return recipient == null ? new DirectoryAnswer.NotFound() : new DirectoryAnswer.Found(recipient);
    }

    private static AcceptedDomain accepted(String name, AcceptedDomainType type) {
        return new AcceptedDomain(DomainName.parse(name), type, false, ANYWHERE);
    }
}
