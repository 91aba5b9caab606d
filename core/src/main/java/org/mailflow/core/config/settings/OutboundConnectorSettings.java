package org.mailflow.core.config.settings;

import java.time.Duration;
import java.util.List;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.EightBitConversion;
import org.mailflow.core.model.SmartHost;
import org.mailflow.core.model.SmartHostAuthMechanism;
import org.mailflow.core.model.SmartHostSelection;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.core.tls.CertificateName;

/** The element {@code outboundConnector}. */
public final class OutboundConnectorSettings {

    private static final String CMDLET = "New-OutboundConnector -";
    private static final String SEND_CONNECTOR = "New-SendConnector -";

    /** How problems and its queue call it. */
    public static final Parameter<String> NAME = Parameter.one(
                    "name",
                    Kinds.NAME,
                    "The connector's name, unique among the organization's outbound connectors; its queue bears it.")
            .mustBeWritten()
            .of(CMDLET + "Name");

    /** Own servers or partner. */
    public static final Parameter<ConnectorType> CONNECTOR_TYPE = Parameter.one(
                    "connectorType",
                    Kinds.choice(ConnectorType.class),
                    "onPremises: the organization's own servers. partner: anybody else.")
            .mustBeWritten()
            .of(CMDLET + "ConnectorType");

    /** Whether it takes part. */
    public static final Parameter<Boolean> ENABLED = Parameter.one(
                    "enabled", Kinds.BOOLEAN, "Whether the connector takes part at all.")
            .byDefault("true")
            .of(CMDLET + "Enabled");

    /** What it serves. */
    public static final Parameter<DomainPattern> RECIPIENT_DOMAINS = Parameter.list(
                    "recipientDomains",
                    Kinds.DOMAIN_PATTERN,
                    "The recipient domains that the connector serves. Of several connectors the most specific one is used: "
                            + "the domain itself, the longest wildcard, allAcceptedDomains, *.")
            .of(CMDLET + "RecipientDomains");

    /** It serves ours too. */
    public static final Parameter<Boolean> ALL_ACCEPTED_DOMAINS = Parameter.one(
                    "allAcceptedDomains",
                    Kinds.BOOLEAN,
                    "onPremises: the connector serves every accepted domain of the organization, besides "
                            + "recipientDomains.")
            .byDefault("false")
            .of(CMDLET + "AllAcceptedDomains");

    /** MX or smart hosts. */
    public static final Parameter<Boolean> USE_MX_RECORD = Parameter.one(
                    "useMXRecord",
                    Kinds.BOOLEAN,
                    "Whether the next hops are the MX hosts of the recipient's domain; false needs smartHosts.")
            .byDefault("true")
            .of(CMDLET + "UseMXRecord");

    /** Next hops. */
    public static final Parameter<SmartHost> SMART_HOSTS = Parameter.list(
                    "smartHosts",
                    Kinds.SMART_HOST,
                    "The next hops. One in trouble is left out, and the next one is asked.")
            .of(CMDLET + "SmartHosts");

    /** Which one first. */
    public static final Parameter<SmartHostSelection> SMART_HOST_SELECTION = Parameter.one(
                    "smartHostSelection",
                    Kinds.choice(SmartHostSelection.class),
                    "Which smart host a mail is offered first. ordered: the first one of the list, unless it is in trouble. "
                            + "weighted: by chance, as often as the weights say: mail1.contoso.com;3, mail2.contoso.com;1. "
                            + "roundRobin: each one in turn. A host of weight 0 is asked after all others.")
            .byDefault("ordered");

    /** Their port. */
    public static final Parameter<Integer> PORT = Parameter.one(
                    "port", Kinds.PORT, "The port of next hops that do not name one.")
            .byDefault("25")
            .of(SEND_CONNECTOR + "Port");

    /** The demand on TLS. */
    public static final Parameter<TlsSettings> TLS_SETTINGS = Parameter.one(
                    "tlsSettings",
                    Kinds.choice(TlsSettings.class),
                    "encryptionOnly: TLS or no delivery, with any certificate. certificateValidation: its chain must end at "
                            + "a trusted authority as well. domainValidation: it must carry tlsDomain as well.")
            .byDefaultInWords("TLS where the next hop offers it")
            .of(CMDLET + "TlsSettings");

    /** The peer's name. */
    public static final Parameter<CertificateName> TLS_DOMAIN = Parameter.one(
                    "tlsDomain",
                    Kinds.CERTIFICATE_NAME,
                    "The name that the next hop's certificate must carry, with tlsSettings domainValidation.")
            .of(CMDLET + "TlsDomain");

    /** The client certificate. */
    public static final Parameter<String> TLS_CERTIFICATE_NAME = Parameter.one(
                    "tlsCertificateName",
                    Kinds.NAME,
                    "The name of the server's certificate that is presented to the next hop.")
            .byDefaultInWords("no certificate is presented")
            .of(SEND_CONNECTOR + "TlsCertificateName");

    /** EHLO. */
    public static final Parameter<DomainName> FQDN = Parameter.one(
                    "fqdn", Kinds.DOMAIN, "The name that the server says in EHLO on this connector.")
            .byDefaultInWords("the server's fqdn")
            .of(SEND_CONNECTOR + "Fqdn");

    /** Without extensions. */
    public static final Parameter<Boolean> FORCE_HELO = Parameter.one(
                    "forceHELO",
                    Kinds.BOOLEAN,
                    "Whether the server greets with HELO, for hosts that end at EHLO. It uses no extension then: no TLS, no "
                            + "status notifications.")
            .byDefault("false")
            .of(SEND_CONNECTOR + "ForceHELO");

    /** Whether it logs on. */
    public static final Parameter<SmartHostAuthMechanism> SMART_HOST_AUTH_MECHANISM = Parameter.one(
                    "smartHostAuthMechanism",
                    Kinds.choice(SmartHostAuthMechanism.class),
                    "basicAuthRequireTLS: the server logs on to the smart hosts (AUTH PLAIN or LOGIN), over TLS alone. "
                            + "basicAuth: in clear text too, where a host has no TLS.")
            .byDefault("none")
            .of(SEND_CONNECTOR + "SmartHostAuthMechanism");

    /** The account. */
    public static final Parameter<String> AUTHENTICATION_USER = Parameter.one(
                    "authenticationUser", Kinds.TEXT, "The account by which the server logs on to the smart hosts.")
            .of(SEND_CONNECTOR + "AuthenticationCredential");

    /** Its password. */
    public static final Parameter<String> AUTHENTICATION_PASSWORD = Parameter.one(
                    "authenticationPassword",
                    Kinds.TEXT,
                    "The account's password; best as ${env:NAME}, or in authenticationPasswordFile.")
            .of(SEND_CONNECTOR + "AuthenticationCredential");

    /** The same in a file. */
    public static final Parameter<String> AUTHENTICATION_PASSWORD_FILE = Parameter.one(
            "authenticationPasswordFile",
            Kinds.FILE,
            "A file with the account's password and nothing else. Let nobody but the server read it.");

    /** Whence. */
    public static final Parameter<IpAddress> SOURCE_IP_ADDRESS = Parameter.list(
                    "sourceIPAddress",
                    Kinds.ADDRESS,
                    "The address of this machine that the server connects from; an IPv4 and an IPv6 address where both are "
                            + "wanted: hosts of the other family are not connected.")
            .byDefaultInWords("the system's choice")
            .of(SEND_CONNECTOR + "SourceIPAddress");

    /** The budget. */
    public static final Parameter<Integer> MAX_OUTBOUND_CONNECTIONS = Parameter.one(
                    "maxOutboundConnections",
                    Kinds.OUTBOUND_CONNECTIONS,
                    "How many mails of the connector are under way at once, each in a session of its own. No other "
                            + "connector's mail waits for them.")
            .byDefaultInWords("concurrency of DeliverByConnector; twice of it with useMXRecord")
            .of("Set-TransportService -MaxOutboundConnections");

    /** The length of a session. */
    public static final Parameter<Integer> SMTP_MAX_MESSAGES_PER_CONNECTION = Parameter.one(
                    "smtpMaxMessagesPerConnection",
                    Kinds.MESSAGES,
                    "How many mails go in one session at most; 1 for a session for each. Exchange has 20: a handshake costs "
                            + "as much as some twenty mails.")
            .byDefault("100")
            .of(SEND_CONNECTOR + "SmtpMaxMessagesPerConnection");

    /** The rest between mails. */
    public static final Parameter<Duration> CONNECTION_INACTIVITY_TIME_OUT = Parameter.one(
                    "connectionInactivityTimeOut",
                    Durations.DURATION,
                    "How long a session without mail is kept for the next one. Exchange has 10m: hosts count idle sessions "
                            + "against you.")
            .byDefault("5s")
            .of(SEND_CONNECTOR + "ConnectionInactivityTimeOut");

    /** Rules only. */
    public static final Parameter<Boolean> IS_TRANSPORT_RULE_SCOPED = Parameter.one(
                    "isTransportRuleScoped",
                    Kinds.BOOLEAN,
                    "Whether only a mail flow rule selects the connector, never a recipient's domain.")
            .byDefault("false")
            .of(CMDLET + "IsTransportRuleScoped");

    /** CMT. */
    public static final Parameter<Boolean> ROUTE_ALL_MESSAGES_VIA_ON_PREMISES = Parameter.one(
                    "routeAllMessagesViaOnPremises",
                    Kinds.BOOLEAN,
                    "onPremises: centralized mail transport, all mail to the outside goes by this connector.")
            .byDefault("false")
            .of(CMDLET + "RouteAllMessagesViaOnPremises");

    /** The other premises. */
    public static final Parameter<Boolean> CLOUD_SERVICES_MAIL_ENABLED = Parameter.one(
                    "cloudServicesMailEnabled",
                    Kinds.BOOLEAN,
                    "The next hop is the other premises of a hybrid deployment: it is told in cross-premises headers what "
                            + "this side knows of a mail.")
            .byDefault("false")
            .of(CMDLET + "CloudServicesMailEnabled");

    /** SRS to own servers. */
    public static final Parameter<Boolean> SENDER_REWRITING_ENABLED = Parameter.one(
                    "senderRewritingEnabled",
                    Kinds.BOOLEAN,
                    "onPremises: mail to external recipients gets a sender of the organization's own on this connector too, "
                            + "as it does on the way to a partner or to MX hosts (senderRewriting of the organization).")
            .byDefault("false")
            .of(CMDLET + "SenderRewritingEnabled");

    /** Between equals. */
    public static final Parameter<Integer> COST = Parameter.one(
                    "cost",
                    Kinds.COST,
                    "Of two connectors that are equally specific the one with the lower cost is used.")
            .byDefault("1")
            .of(SEND_CONNECTOR + "AddressSpaces (type:space;cost)");

    /** The largest mail. */
    public static final Parameter<Long> MAX_MESSAGE_SIZE = Parameter.one(
                    "maxMessageSize",
                    Sizes.MESSAGE_SIZE,
                    "The largest mail that goes by the connector, on the wire. For a larger one it is not selected; where no "
                            + "other serves the domain, the mail is refused in the session if the client says its size, "
                            + "and returned otherwise: 550 5.3.4.")
            .byDefaultInWords("any that the server takes")
            .of(SEND_CONNECTOR + "MaxMessageSize");

    /** Eight bits. */
    public static final Parameter<EightBitConversion> EIGHT_BIT_CONVERSION = Parameter.one(
                    "eightBitConversion",
                    Kinds.choice(EightBitConversion.class),
                    "What becomes of a mail with octets beyond ASCII in its body at a next hop without 8BITMIME. convert: "
                            + "its parts are encoded in the copy that goes there; signed mail is returned, since that "
                            + "would break the signature. reject: it is returned: 554 5.6.3.")
            .byDefault("convert");

    /** When to try again. */
    public static final Parameter<List<Duration>> RETRY_INTERVALS = Parameter.list(
                    "retryIntervals",
                    Durations.INTERVALS,
                    "How long to wait before the first, second, … retry; the last one repeats until the mail expires.")
            .byDefaultInWords("the server's")
            .of("Set-TransportService -TransientFailureRetryInterval and its like");

    /** When to give up. */
    public static final Parameter<Duration> MESSAGE_EXPIRATION_TIMEOUT = Parameter.one(
                    "messageExpirationTimeout",
                    Durations.DURATION,
                    "The age at which a mail that could not be handed on is returned to its sender.")
            .byDefaultInWords("the server's")
            .of("Set-TransportService -MessageExpirationTimeout");

    /** When to tell. */
    public static final Parameter<Duration> DELAY_NOTIFICATION_TIMEOUT = Parameter.one(
                    "delayNotificationTimeout",
                    Durations.DURATION_OR_NONE,
                    "The age at which the sender of a mail that is still tried is told once that it is late. 0s: never.")
            .byDefaultInWords("the server's")
            .of("Set-TransportService -DelayNotificationTimeout");
    /** Whom it is tried with. */
    public static final Parameter<EmailAddress> VALIDATION_RECIPIENTS = Parameter.list(
                    "validationRecipients",
                    Kinds.EMAIL_ADDRESS,
                    "The addresses that ./mailflow validate asks the next hops to take mail for; no other mail goes there.")
            .of("Set-OutboundConnector -ValidationRecipients");

    /** The administrator's words. */
    public static final Parameter<String> COMMENT =
            Parameter.one("comment", Kinds.TEXT, "What you want to note.").of(CMDLET + "Comment");

    /** The element. */
    public static final ElementSpec ELEMENT = new ElementSpec(
            "outboundConnector",
            true,
            false,
            List.of(NAME),
            List.of(
                    CONNECTOR_TYPE,
                    ENABLED,
                    RECIPIENT_DOMAINS,
                    ALL_ACCEPTED_DOMAINS,
                    USE_MX_RECORD,
                    SMART_HOSTS,
                    SMART_HOST_SELECTION,
                    PORT,
                    TLS_SETTINGS,
                    TLS_DOMAIN,
                    TLS_CERTIFICATE_NAME,
                    FQDN,
                    FORCE_HELO,
                    SMART_HOST_AUTH_MECHANISM,
                    AUTHENTICATION_USER,
                    AUTHENTICATION_PASSWORD,
                    AUTHENTICATION_PASSWORD_FILE,
                    SOURCE_IP_ADDRESS,
                    MAX_OUTBOUND_CONNECTIONS,
                    SMTP_MAX_MESSAGES_PER_CONNECTION,
                    CONNECTION_INACTIVITY_TIME_OUT,
                    IS_TRANSPORT_RULE_SCOPED,
                    ROUTE_ALL_MESSAGES_VIA_ON_PREMISES,
                    CLOUD_SERVICES_MAIL_ENABLED,
                    SENDER_REWRITING_ENABLED,
                    COST,
                    MAX_MESSAGE_SIZE,
                    EIGHT_BIT_CONVERSION,
                    RETRY_INTERVALS,
                    MESSAGE_EXPIRATION_TIMEOUT,
                    DELAY_NOTIFICATION_TIMEOUT,
                    VALIDATION_RECIPIENTS,
                    COMMENT),
            List.of(),
            "A way out for mail. Mail to other domains that no connector serves goes to their MX hosts.");

    private OutboundConnectorSettings() {}
}
