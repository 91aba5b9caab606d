package org.mailflow.smtp;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Location;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.Recipient;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.ip.IpSet;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.ConnectorSelectionOrder;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.Hybrid;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.IpList;
import org.mailflow.core.model.IpListEntry;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.MimeLimits;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.OutboundConnectors;
import org.mailflow.core.model.Premises;
import org.mailflow.core.model.RetryDefaults;
import org.mailflow.core.model.ServerSettings;
import org.mailflow.core.model.SessionLimits;
import org.mailflow.core.model.SkipListing;
import org.mailflow.core.tls.CertificateDemand;
import org.mailflow.core.tls.CertificateName;

/** A server of three organizations, with every kind of inbound connector. Clients tell themselves apart by 127.0.0.x. */
final class Organizations {

    /** On no list and of no connector. */
    static final String STRANGER = "127.0.0.99";
    /** A printer of contoso. */
    static final String PRINTER = "127.0.0.5";
    /** A server that both contoso and fourthcoffee relay by. */
    static final String SHARED = "127.0.0.8";
    /** The one address that woodgrove sends from. */
    static final String WOODGROVE = "127.0.0.6";

    static final String BLOCKED = "127.0.0.66";
    static final String ALLOWED = "127.0.0.7";
    /** A filter in front of contoso, which is looked past. */
    static final String GATEWAY = "127.0.0.11";

    static final String BLOCKED_SOURCE = "203.0.113.66";
    static final String ALLOWED_SOURCE = "203.0.113.7";

    /** The certificate name of contoso's other premises. */
    static final String OTHER_PREMISES = "mail.cloud.example";

    static final String FQDN = "mx.contoso.com";
    /** A domain whose connector takes small mail only. */
    static final String SMALL_MAIL = "small.example";
    /** How small, in bytes. */
    static final long SMALL = 100_000;
    /** What must be free for mail to be accepted, in bytes. */
    static final long ROOM = 200L * 1024 * 1024;

    private static final Location ANYWHERE = new Location("mailflow.xml", 1, 1);

    private Organizations() {}

    static Mailflow mailflow(Premises premises, X509Certificate... trusted) {
        return mailflow(1, premises, trusted);
    }

    /** The same with other limits. */
    static Mailflow limited(Premises premises, SessionLimits sessions, MimeLimits mails) {
        Mailflow base = mailflow(premises);
        ServerSettings server = base.server();
        return new Mailflow(
                base.generation(),
                new ServerSettings(
                        server.fqdn(),
                        server.ipAllowList(),
                        server.ipBlockList(),
                        server.certificates(),
                        server.trustedCertificates(),
                        server.minimumFreeSpace(),
                        server.certificateCheckInterval(),
                        sessions,
                        server.faultSchedule(),
                        mails,
                        server.liveness(),
                        server.trustedProxies(),
                        server.outboundLimits(),
                        server.retryDefaults()),
                base.organizations());
    }

    static Mailflow mailflow(long generation, Premises premises, X509Certificate... trusted) {
        ServerSettings server = new ServerSettings(
                FQDN,
                list(ALLOWED, ALLOWED_SOURCE),
                list(BLOCKED, BLOCKED_SOURCE),
                List.of(),
                Set.copyOf(Arrays.asList(trusted)));
        Organization contoso = organization(
                "contoso",
                premises,
                "contoso.com",
                false,
                onPremises("From the cloud", Optional.empty(), Optional.of(OTHER_PREMISES)),
                onPremises("Printers", Optional.of(PRINTER), Optional.empty()),
                onPremises("Shared server", Optional.of(SHARED), Optional.empty()),
                onPremises("Filter", Optional.of(GATEWAY), Optional.empty()),
                partner("Fabrikam", "fabrikam.com", Optional.empty(), Optional.empty()),
                partner("Tailspin", "tailspin.com", Optional.empty(), Optional.of("mail.tailspin.com")),
                partner("Woodgrove", "woodgrove.com", Optional.of(WOODGROVE), Optional.empty()));
        Organization fourthCoffee = organization(
                "fourthcoffee",
                premises,
                "fourthcoffee.com",
                false,
                onPremises("Shared server", Optional.of(SHARED), Optional.empty()));
        Organization northwind = organization("northwind", premises, "northwind.com", true);
        return new Mailflow(generation, server, List.of(contoso, fourthCoffee, northwind));
    }

    /** A server of one organization, with a server of its own that a certificate identifies. */
    static Mailflow withOwnServer(long generation, CertificateDemand certificate, Set<X509Certificate> trusted) {
        ServerSettings server = new ServerSettings(FQDN, list(ALLOWED), list(BLOCKED), List.of(), trusted);
        InboundConnector connector = new InboundConnector(
                "Own server",
                ConnectorType.ON_PREMISES,
                true,
                List.of(DomainPattern.parse("*")),
                IpSet.of(List.of()),
                false,
                false,
                certificate,
                false,
                false,
                false,
                List.of(),
                SkipListing.NONE,
                "",
                ANYWHERE);
        return new Mailflow(
                generation,
                server,
                List.of(organization("contoso", Premises.ON_PREMISES, "contoso.com", false, connector)));
    }

    private static Organization organization(
            String name, Premises premises, String domain, boolean rejectDirectSend, InboundConnector... connectors) {
        return new Organization(
                name,
                premises,
                List.of(new AcceptedDomain(
                        DomainName.parse(domain), AcceptedDomainType.AUTHORITATIVE, false, ANYWHERE)),
                directory(),
                List.of(connectors),
                new OutboundConnectors(List.of(forSmallMail()), ConnectorSelectionOrder.SPECIFICITY),
                new Hybrid(Optional.empty(), ANYWHERE),
                rejectDirectSend,
                premises == Premises.CLOUD,
                ANYWHERE);
    }

    private static OutboundConnector forSmallMail() {
        return new OutboundConnector(
                        "For small mail",
                        ConnectorType.PARTNER,
                        true,
                        List.of(DomainPattern.parse(SMALL_MAIL)),
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
                        RetryDefaults.EXCHANGE.on(Premises.ON_PREMISES),
                        "",
                        ANYWHERE)
                .upTo(SMALL);
    }

    /** Knows everybody but those whose names say otherwise. */
    private static RecipientDirectory directory() {
        return address -> switch (address.localPart()) {
            case "nobody" -> new DirectoryAnswer.NotFound();
            case "flaky" -> new DirectoryAnswer.Unavailable("time-out");
            case "broken" -> throw new IllegalStateException("a fault of the directory");
            default ->
                new DirectoryAnswer.Found(
                        new Recipient(EmailAddress.parse(address.key()), Optional.empty(), List.of()));
        };
    }

    private static InboundConnector onPremises(String name, Optional<String> address, Optional<String> certificate) {
        return connector(name, ConnectorType.ON_PREMISES, "*", address, certificate, certificate.isPresent());
    }

    private static InboundConnector partner(
            String name, String senderDomain, Optional<String> address, Optional<String> certificate) {
        return connector(name, ConnectorType.PARTNER, senderDomain, address, certificate, address.isEmpty());
    }

    private static InboundConnector connector(
            String name,
            ConnectorType type,
            String senderDomain,
            Optional<String> address,
            Optional<String> certificate,
            boolean requireTls) {
        boolean partner = type == ConnectorType.PARTNER;
        return new InboundConnector(
                name,
                type,
                true,
                List.of(DomainPattern.parse(senderDomain)),
                IpSet.of(address.map(IpPrefix::parse).stream().toList()),
                partner && address.isPresent(),
                partner && certificate.isPresent(),
                certificate
                        .map(CertificateName::parse)
                        .map(CertificateDemand::named)
                        .orElseGet(CertificateDemand::nothing),
                requireTls,
                !partner && certificate.isPresent(),
                false,
                List.of(),
                address.filter(GATEWAY::equals).isPresent()
                        ? new SkipListing(true, IpSet.of(List.of()), List.of())
                        : SkipListing.NONE,
                "",
                ANYWHERE);
    }

    private static IpList list(String... addresses) {
        return new IpList(Arrays.stream(addresses)
                .map(address ->
                        new IpListEntry(address, List.of(IpPrefix.parse(address)), Optional.empty(), "", ANYWHERE))
                .toList());
    }
}
