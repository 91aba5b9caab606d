package org.mailflow.core.config.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.ip.IpPrefix;

/** The element {@code server} and those in it. */
public final class ServerElements {

    /** The word for the JDK's own authorities. */
    public static final String SYSTEM = "system";

    private static final String ENTRY = "entry";

    /** The server's name. */
    public static final Parameter<DomainName> FQDN = Parameter.one(
                    "fqdn", Kinds.DOMAIN, "The name that the server says in its greeting, in EHLO and in Received.")
            .mustBeWritten()
            .of("New-ReceiveConnector -Fqdn, New-SendConnector -Fqdn");

    /** Whom it trusts. */
    public static final Parameter<String> TRUSTED_CERTIFICATES = Parameter.repeated(
                    "trustedCertificates",
                    Kinds.FILE,
                    "A PEM file of authorities (or of peers' own certificates) that peers' certificates may end at; the "
                            + "word system stands for the authorities of the Java runtime.")
            .byDefault(SYSTEM);

    /** When it takes no more mail. */
    public static final Parameter<Long> MINIMUM_FREE_SPACE = Parameter.one(
                    "minimumFreeSpace",
                    Sizes.SIZE_IN_BYTES,
                    "With less room in the file system of the data directory, mail is refused for the time being (452 "
                            + "4.3.1) while queued mail goes on; 0MB never refuses. Keep three times the greatest "
                            + "message at the least.")
            .byDefault("200MB")
            .of("back pressure on disk space (EdgeTransport.exe.config)");

    /** What it signs with. */
    public static final Parameter<String> SECRET_FILE = Parameter.one(
                    "secretFile",
                    Kinds.FILE,
                    "A text file of 32 characters or more that nobody can guess: by it the server knows again what it "
                            + "wrote into a mail itself, as the senders of forwarded mail. Write it where several servers "
                            + "must know each other's: the nodes of one, or both premises. Let nobody but the server read "
                            + "it.")
            .byDefaultInWords("a file 'secret' in the data directory, which the first start makes");

    /** The interval of looking for renewed certificates. */
    public static final Parameter<Duration> CERTIFICATE_CHECK_INTERVAL = Parameter.one(
                    "certificateCheckInterval",
                    Durations.DURATION,
                    "How often the server looks whether the files of its certificates were renewed; it takes a renewed pair "
                            + "for new connections, and keeps the old one while the files do not fit each other.")
            .byDefault("1m");

    /** How connectors call it. */
    public static final Parameter<String> CERTIFICATE_NAME = Parameter.one(
                    "name", Kinds.NAME, "What outbound connectors call the certificate in tlsCertificateName.")
            .mustBeWritten();

    /** The chain. */
    public static final Parameter<String> CERTIFICATE_FILE = Parameter.one(
                    "certificateFile", Kinds.FILE, "A PEM file: the certificate first, then its intermediates.")
            .mustBeWritten()
            .of("Import-ExchangeCertificate -FileData");

    /** The key. */
    public static final Parameter<String> PRIVATE_KEY_FILE = Parameter.one(
                    "privateKeyFile",
                    Kinds.FILE,
                    "A PEM file: the private key, not encrypted (PKCS#8). Let nobody but the server read it.")
            .mustBeWritten();

    /** An own certificate. */
    public static final ElementSpec CERTIFICATE = new ElementSpec(
            "certificate",
            true,
            false,
            List.of(CERTIFICATE_NAME),
            List.of(CERTIFICATE_FILE, PRIVATE_KEY_FILE),
            List.of(),
            "A certificate of this server: for its listeners, and to present to next hops.");

    /** The network of an entry. */
    public static final Parameter<List<IpPrefix>> ADDRESS = Parameter.one(
                    "address", Kinds.ADDRESSES, "The address, network or range.")
            .mustBeWritten();

    /** The end of an entry. */
    public static final Parameter<Instant> EXPIRES = Parameter.one(
                    "expires", Kinds.INSTANT, "When the entry ceases to count.")
            .byDefaultInWords("never");

    /** The words of an entry. */
    public static final Parameter<String> ENTRY_COMMENT =
            Parameter.one("comment", Kinds.TEXT, "What you want to note.");

    /** The allow list. */
    public static final ElementSpec IP_ALLOW_LIST = list(
            "ipAllowList",
            "Set-HostedConnectionFilterPolicy -IPAllowList",
            "Addresses that skip the block list and the spam filter. It permits no relaying.");

    /** The block list. */
    public static final ElementSpec IP_BLOCK_LIST = list(
            "ipBlockList",
            "Set-HostedConnectionFilterPolicy -IPBlockList",
            "Addresses that are refused, unless the allow list has them too.");

    /** Recipients. */
    public static final Parameter<Integer> MAX_RECIPIENTS = Parameter.one(
                    "maxRecipientsPerMessage",
                    Kinds.RECIPIENTS,
                    "Recipients of one mail. The next one is answered with 452, and the client sends the mail to the others "
                            + "again.")
            .byDefault("1000")
            .of("Set-ReceiveConnector -MaxRecipientsPerMessage");

    /** Nonsense. */
    public static final Parameter<Integer> MAX_PROTOCOL_ERRORS = Parameter.one(
                    "maxProtocolErrors",
                    Kinds.ERRORS,
                    "Commands of one connection that make no sense, after which it is closed.")
            .byDefault("10")
            .of("Set-ReceiveConnector -MaxProtocolErrors");

    /** Wrong passwords in a connection. */
    public static final Parameter<Integer> MAX_LOGON_FAILURES = Parameter.one(
                    "maxLogonFailures", Kinds.ERRORS, "Failed logons of one connection, after which it is closed.")
            .byDefault("3")
            .of("Set-ReceiveConnector -MaxLogonFailures");

    /** Wrong passwords from an address. */
    public static final Parameter<Integer> MAX_LOGON_FAILURES_PER_ADDRESS = Parameter.one(
                    "maxLogonFailuresPerAddress",
                    Kinds.ERRORS,
                    "Failed logons from one address within 15 minutes, after which nobody there can log on until they are "
                            + "over.")
            .byDefault("30");

    /** The length of a session. */
    public static final Parameter<Duration> CONNECTION_TIMEOUT = Parameter.one(
                    "connectionTimeout",
                    Durations.DURATION,
                    "How long a connection may last, even if mail is being sent: a client that sends drop by drop is cut "
                            + "off.")
            .byDefault("30m")
            .of("Set-ReceiveConnector -ConnectionTimeout");

    /** The limits. */
    public static final ElementSpec LIMITS = new ElementSpec(
            "limits",
            false,
            false,
            List.of(),
            List.of(
                    MAX_RECIPIENTS,
                    MAX_PROTOCOL_ERRORS,
                    MAX_LOGON_FAILURES,
                    MAX_LOGON_FAILURES_PER_ADDRESS,
                    CONNECTION_TIMEOUT),
            List.of(),
            "How much one SMTP client may take. Idle time and number of connections stand in smtpserver.xml.");
    /** When mail is tried again after a fault. */
    public static final Parameter<List<Duration>> SPOOL_RETRY_INTERVALS = Parameter.list(
                    "spoolRetryIntervals",
                    Durations.INTERVALS,
                    "How long a mail waits after the first, second, … fault of this server's own (an error in a matcher, "
                            + "a mailet or a delivery, the end of the process) before it is tried again. A mail that fails "
                            + "once more than there are intervals is set aside in the poisonRepository.")
            .byDefault("10s, 1m, 5m, 15m");

    /** When to try again. */
    public static final Parameter<List<Duration>> RETRY_INTERVALS = Parameter.list(
                    "retryIntervals",
                    Durations.INTERVALS,
                    "How long mail waits before the first, second, … retry that leaves to MX hosts, or by a connector that "
                            + "says nothing else; the last one repeats until the mail expires.")
            .byDefault("1m*4, 5m*6, 10m")
            .of("Set-TransportService -TransientFailureRetryInterval and its like");

    /** When to give up. */
    public static final Parameter<Duration> MESSAGE_EXPIRATION_TIMEOUT = Parameter.one(
                    "messageExpirationTimeout",
                    Durations.DURATION,
                    "The age at which mail is returned to its sender that leaves to MX hosts, or by a connector that says "
                            + "nothing else.")
            .byDefaultInWords("2d on-premises; 1d in the cloud")
            .of("Set-TransportService -MessageExpirationTimeout");

    /** When to tell. */
    public static final Parameter<Duration> DELAY_NOTIFICATION_TIMEOUT = Parameter.one(
                    "delayNotificationTimeout",
                    Durations.DURATION_OR_NONE,
                    "The age at which the sender of mail that is still tried is told once that it is late; a connector may "
                            + "say something else. 0s: never.")
            .byDefault("4h")
            .of("Set-TransportService -DelayNotificationTimeout");

    /** Where mail is set aside. */
    public static final Parameter<String> POISON_REPOSITORY = Parameter.one(
                    "poisonRepository",
                    Kinds.REPOSITORY,
                    "Where a mail is set aside that failed too often by a fault of this server's own.")
            .byDefaultInWords("var/mail/poison, in the defaultProtocol of mailrepositorystore.xml");

    /** The largest mail. */
    public static final Parameter<Long> MAX_MESSAGE_SIZE = Parameter.one(
                    "maxMessageSize",
                    Sizes.MESSAGE_SIZE,
                    "The largest mail, on the wire, at a listener whose maxmessagesize in smtpserver.xml is 0 or not "
                            + "written. A larger one is refused in the session, at MAIL where the client says its size: "
                            + "552 5.3.4.")
            .byDefault("35MB")
            .of("Set-ReceiveConnector -MaxMessageSize");

    /** The largest header. */
    public static final Parameter<Long> MAX_HEADER_SIZE = Parameter.one(
                    "maxHeaderSize",
                    Sizes.HEADER_SIZE,
                    "The largest header of a mail. One with a larger header is refused in the session: 552 5.3.4.")
            .byDefault("256KB")
            .of("Set-ReceiveConnector -MaxHeaderSize");

    /** Fields of a header. */
    public static final Parameter<Integer> MAX_HEADER_FIELDS = Parameter.one(
                    "maxHeaderFields",
                    Kinds.MIME_COUNT,
                    "How many fields the header of a mail may have. One with more is refused in the session: 554 5.6.0.")
            .byDefault("10000");

    /** The longest line. */
    public static final Parameter<Integer> MAX_LINE_LENGTH = Parameter.one(
                    "maxLineLength",
                    Kinds.LINE_LENGTH,
                    "The longest line of a mail, in octets without CR LF; RFC 5321 has 998, and some programs write more. "
                            + "A mail with a longer one is refused in the session: 554 5.6.0.")
            .byDefault("8192");

    /** The longest boundary. */
    public static final Parameter<Integer> MAX_BOUNDARY_LENGTH = Parameter.one(
                    "maxBoundaryLength",
                    Kinds.BOUNDARY_LENGTH,
                    "The longest boundary between the parts of a mail; RFC 2046 has 70. A mail with a longer one is refused "
                            + "in the session: 554 5.6.0.")
            .byDefault("2048");

    /** How deep parts may be nested. */
    public static final Parameter<Integer> MAX_MIME_DEPTH = Parameter.one(
                    "maxMimeDepth",
                    Kinds.MIME_COUNT,
                    "How deep the parts of a mail may be nested. A deeper one is refused in the session: 554 5.6.0.")
            .byDefault("100");

    /** How many parts there may be. */
    public static final Parameter<Integer> MAX_MIME_PARTS = Parameter.one(
                    "maxMimeParts",
                    Kinds.MIME_COUNT,
                    "How many parts a mail may have. One with more is refused in the session: 554 5.6.0.")
            .byDefault("10000");

    /** Fairness between domains. */
    public static final Parameter<Integer> MAX_PER_DOMAIN_OUTBOUND_CONNECTIONS = Parameter.one(
                    "maxPerDomainOutboundConnections",
                    Kinds.OUTBOUND_CONNECTIONS,
                    "How many mails to one domain are under way at once on the way to MX hosts. Beside others a domain has "
                            + "at most as many as could begin besides: none takes all of them.")
            .byDefault("20")
            .of("Set-TransportService -MaxPerDomainOutboundConnections");

    /** What a host bears. */
    public static final Parameter<Integer> MAX_PER_HOST_OUTBOUND_CONNECTIONS = Parameter.one(
                    "maxPerHostOutboundConnections",
                    Kinds.OUTBOUND_CONNECTIONS,
                    "How many sessions the server has with one host (address and port) at once, over all connectors.")
            .byDefault("20");

    /** When a host is left alone. */
    public static final Parameter<Integer> HOST_FAILURE_THRESHOLD = Parameter.one(
                    "hostFailureThreshold",
                    Kinds.ERRORS,
                    "Troubles of a next hop in a row (no connection, greeting, TLS, time-out; never the refusal of a mail) "
                            + "after which a connector does not ask it for a while. A password that it refuses is enough "
                            + "once.")
            .byDefault("5");

    /** For how long. */
    public static final Parameter<List<Duration>> HOST_RETRY_INTERVALS = Parameter.list(
                    "hostRetryIntervals",
                    Durations.INTERVALS,
                    "For how long a next hop in trouble is not asked, the first, second, … time in a row; the last one "
                            + "repeats. Then one mail finds out how it fares.")
            .byDefault("30s, 1m, 2m, 5m")
            .of("Set-TransportService -OutboundConnectionFailureRetryInterval");

    /** Whose PROXY header is believed. */
    public static final Parameter<List<IpPrefix>> TRUSTED_PROXIES = Parameter.list(
                    "trustedProxies",
                    Kinds.ADDRESSES,
                    "The proxies (HAProxy and others) whose PROXY header is believed at listeners with proxyRequired in "
                            + "smtpserver.xml; everybody else is shut out there. Single addresses are best: who connects from "
                            + "one of them can claim any address.")
            .byDefaultInWords("none");

    /** How often probes are sent. */
    public static final Parameter<Duration> LIVENESS_PROBE_INTERVAL = Parameter.one(
                    "livenessProbeInterval",
                    Durations.DURATION_OR_NONE,
                    "How often the server sends a probe through its spool and through every queue, to find out whether "
                            + "mail still flows. 0s: never.")
            .byDefault("1m");

    /** How long a queue may stand still. */
    public static final Parameter<Duration> LIVENESS_LIMIT = Parameter.one(
                    "livenessLimit",
                    Durations.DURATION,
                    "How long a queue may let a probe wait without moving any mail. After that the health check Liveness "
                            + "is unhealthy.")
            .byDefault("5m");

    /** Whether the process ends then. */
    public static final Parameter<Boolean> LIVENESS_EXIT = Parameter.one(
                    "livenessExit",
                    Kinds.BOOLEAN,
                    "Whether a server through which mail no longer flows ends with exit status 75, for its supervisor to "
                            + "start it anew. Queued mail stays queued.")
            .byDefault("true");

    /** The element. */
    public static final ElementSpec ELEMENT = new ElementSpec(
            "server",
            false,
            true,
            List.of(),
            List.of(
                    FQDN,
                    TRUSTED_CERTIFICATES,
                    MINIMUM_FREE_SPACE,
                    CERTIFICATE_CHECK_INTERVAL,
                    SECRET_FILE,
                    RETRY_INTERVALS,
                    MESSAGE_EXPIRATION_TIMEOUT,
                    DELAY_NOTIFICATION_TIMEOUT,
                    SPOOL_RETRY_INTERVALS,
                    POISON_REPOSITORY,
                    MAX_MESSAGE_SIZE,
                    MAX_HEADER_SIZE,
                    MAX_HEADER_FIELDS,
                    MAX_LINE_LENGTH,
                    MAX_BOUNDARY_LENGTH,
                    MAX_MIME_DEPTH,
                    MAX_MIME_PARTS,
                    MAX_PER_DOMAIN_OUTBOUND_CONNECTIONS,
                    MAX_PER_HOST_OUTBOUND_CONNECTIONS,
                    HOST_FAILURE_THRESHOLD,
                    HOST_RETRY_INTERVALS,
                    TRUSTED_PROXIES,
                    LIVENESS_PROBE_INTERVAL,
                    LIVENESS_LIMIT,
                    LIVENESS_EXIT),
            List.of(LIMITS, CERTIFICATE, IP_ALLOW_LIST, IP_BLOCK_LIST),
            "What belongs to the server and to no organization.");

    private ServerElements() {}

    /** The element of an entry; it is the only one in a list. */
    public static ElementSpec entryOf(ElementSpec list) {
        return list.child(ENTRY).orElseThrow();
    }

    private static ElementSpec list(String name, String cmdlet, String meaning) {
        ElementSpec entry = new ElementSpec(
                ENTRY,
                true,
                false,
                List.of(ADDRESS.of(cmdlet), EXPIRES, ENTRY_COMMENT),
                List.of(),
                List.of(),
                "An entry of the list.");
        return new ElementSpec(name, false, false, List.of(), List.of(), List.of(entry), meaning);
    }
}
