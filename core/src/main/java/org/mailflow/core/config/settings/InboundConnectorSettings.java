package org.mailflow.core.config.settings;

import java.util.List;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.tls.CertificateName;

/** The element {@code inboundConnector}. */
public final class InboundConnectorSettings {

    private static final String CMDLET = "New-InboundConnector -";

    /** How problems and queues call it. */
    public static final Parameter<String> NAME = Parameter.one(
                    "name", Kinds.NAME, "The connector's name, unique among the organization's inbound connectors.")
            .mustBeWritten()
            .of(CMDLET + "Name");

    /** Own servers or partner. */
    public static final Parameter<ConnectorType> CONNECTOR_TYPE = Parameter.one(
                    "connectorType",
                    Kinds.choice(ConnectorType.class),
                    "onPremises: the organization's own servers, whose mail may be relayed; it identifies them and never "
                            + "refuses. partner: anybody else; it demands what it says, and grants nothing.")
            .mustBeWritten()
            .of(CMDLET + "ConnectorType");

    /** Whether it takes part. */
    public static final Parameter<Boolean> ENABLED = Parameter.one(
                    "enabled", Kinds.BOOLEAN, "Whether the connector takes part at all.")
            .byDefault("true")
            .of(CMDLET + "Enabled");

    /** Which senders it is about. */
    public static final Parameter<DomainPattern> SENDER_DOMAINS = Parameter.list(
                    "senderDomains",
                    Kinds.DOMAIN_PATTERN,
                    "The sender domains (MAIL FROM) that the connector is about. Required for a partner.")
            .byDefaultInWords("* for onPremises; none for partner")
            .of(CMDLET + "SenderDomains");

    /** The servers' addresses. */
    public static final Parameter<List<IpPrefix>> SENDER_IP_ADDRESSES = Parameter.list(
                    "senderIPAddresses",
                    Kinds.ADDRESSES,
                    "onPremises: the addresses of the organization's servers. partner: the addresses that mail must come "
                            + "from, with restrictDomainsToIPAddresses.")
            .of(CMDLET + "SenderIPAddresses");

    /** Refuse other addresses. */
    public static final Parameter<Boolean> RESTRICT_DOMAINS_TO_IP_ADDRESSES = Parameter.one(
                    "restrictDomainsToIPAddresses",
                    Kinds.BOOLEAN,
                    "partner: refuse mail of these sender domains that comes from any address but senderIPAddresses.")
            .byDefault("false")
            .of(CMDLET + "RestrictDomainsToIPAddresses");

    /** Refuse other certificates. */
    public static final Parameter<Boolean> RESTRICT_DOMAINS_TO_CERTIFICATE = Parameter.one(
                    "restrictDomainsToCertificate",
                    Kinds.BOOLEAN,
                    "partner: refuse mail of these sender domains without a verified certificate for "
                            + "tlsSenderCertificateName, or one of tlsSenderCertificatePins.")
            .byDefault("false")
            .of(CMDLET + "RestrictDomainsToCertificate");

    /** The peer's certificate. */
    public static final Parameter<CertificateName> TLS_SENDER_CERTIFICATE_NAME = Parameter.one(
                    "tlsSenderCertificateName",
                    Kinds.CERTIFICATE_NAME,
                    "A name (subject alternative name) that the peer's verified certificate must carry. An onPremises "
                            + "connector with both a certificate and addresses wants both.")
            .of(CMDLET + "TlsSenderCertificateName");

    /** How a file of certificates is told from a pin. */
    public static final String PIN_FILE = "file:";

    /** The peer's certificate or key itself. */
    public static final Parameter<String> TLS_SENDER_CERTIFICATE_PINS = Parameter.list(
            "tlsSenderCertificatePins",
            Kinds.CERTIFICATE_PIN,
            "The peer's certificates or keys themselves. One of them proves the peer to this connector, whoever signed it, "
                    + "also itself; dates, usage and tlsSenderCertificateName, if it is written, must be right as well. A "
                    + "certificate that no pin is for proves nothing then. Several make a renewal painless.");

    /** The old way of naming. */
    public static final Parameter<Boolean> ALLOW_COMMON_NAME = Parameter.one(
                    "allowCommonName",
                    Kinds.BOOLEAN,
                    "A certificate without any subject alternative name may carry tlsSenderCertificateName as the common "
                            + "name of its subject.")
            .byDefault("false");

    /** TLS or nothing. */
    public static final Parameter<Boolean> REQUIRE_TLS = Parameter.one(
                    "requireTls",
                    Kinds.BOOLEAN,
                    "partner: refuse mail of these sender domains that does not come over TLS. onPremises: identify the "
                            + "organization's servers over TLS only; with a certificate that is so anyway.")
            .byDefaultInWords("true for partner; false for onPremises")
            .of(CMDLET + "RequireTls");

    /** The other premises. */
    public static final Parameter<Boolean> CLOUD_SERVICES_MAIL_ENABLED = Parameter.one(
                    "cloudServicesMailEnabled",
                    Kinds.BOOLEAN,
                    "The peer is the other premises of a hybrid deployment: what it says of a mail in cross-premises "
                            + "headers is believed. Needs tlsSenderCertificateName or tlsSenderCertificatePins.")
            .byDefault("false")
            .of(CMDLET + "CloudServicesMailEnabled");

    /** Internal without promotion. */
    public static final Parameter<Boolean> TREAT_MESSAGES_AS_INTERNAL = Parameter.one(
                    "treatMessagesAsInternal",
                    Kinds.BOOLEAN,
                    "onPremises: mail from the organization's own domains counts as internal and skips the spam filter. "
                            + "Not together with cloudServicesMailEnabled. A risk: check always warns.")
            .byDefault("false")
            .of(CMDLET + "TreatMessagesAsInternal");

    /** Limits. */
    public static final Parameter<DomainName> ASSOCIATED_ACCEPTED_DOMAINS = Parameter.list(
                    "associatedAcceptedDomains",
                    Kinds.DOMAIN,
                    "The accepted domains that the connector is limited to. partner: mail to one of them. onPremises: mail from "
                            + "or to one of them.")
            .byDefaultInWords("all of the organization's")
            .of(CMDLET + "AssociatedAcceptedDomains");

    /** Look past the connecting server. */
    public static final Parameter<Boolean> EF_SKIP_LAST_IP = Parameter.one(
                    "efSkipLastIP",
                    Kinds.BOOLEAN,
                    "Enhanced filtering: the connecting server is a filter in front of this one. A mail's source, for the "
                            + "IP lists and X-Forefront-Antispam-Report, is the address that this filter wrote into its "
                            + "Received header. Not together with efSkipIPs.")
            .byDefault("false")
            .of("Set-InboundConnector -EFSkipLastIP");

    /** Look past these servers. */
    public static final Parameter<List<IpPrefix>> EF_SKIP_IPS = Parameter.list(
                    "efSkipIPs",
                    Kinds.ADDRESSES,
                    "Enhanced filtering: the addresses of all servers in front of this one. A mail's source is the first "
                            + "address in its chain of Received headers that is not among them. Private addresses are "
                            + "looked past without being written.")
            .of("Set-InboundConnector -EFSkipIPs");

    /** A pilot. */
    public static final Parameter<EmailAddress> EF_USERS = Parameter.list(
                    "efUsers",
                    Kinds.EMAIL_ADDRESS,
                    "Enhanced filtering is limited to mail whose recipients are all among these addresses.")
            .byDefaultInWords("all recipients")
            .of("Set-InboundConnector -EFUsers");

    /** The administrator's words. */
    public static final Parameter<String> COMMENT =
            Parameter.one("comment", Kinds.TEXT, "What you want to note.").of(CMDLET + "Comment");

    /** The element. */
    public static final ElementSpec ELEMENT = new ElementSpec(
            "inboundConnector",
            true,
            false,
            List.of(NAME),
            List.of(
                    CONNECTOR_TYPE,
                    ENABLED,
                    SENDER_DOMAINS,
                    SENDER_IP_ADDRESSES,
                    RESTRICT_DOMAINS_TO_IP_ADDRESSES,
                    RESTRICT_DOMAINS_TO_CERTIFICATE,
                    TLS_SENDER_CERTIFICATE_NAME,
                    TLS_SENDER_CERTIFICATE_PINS,
                    ALLOW_COMMON_NAME,
                    REQUIRE_TLS,
                    CLOUD_SERVICES_MAIL_ENABLED,
                    TREAT_MESSAGES_AS_INTERNAL,
                    ASSOCIATED_ACCEPTED_DOMAINS,
                    EF_SKIP_LAST_IP,
                    EF_SKIP_IPS,
                    EF_USERS,
                    COMMENT),
            List.of(),
            "A source of mail: the organization's own servers, or a partner that something is demanded of.");

    private InboundConnectorSettings() {}
}
