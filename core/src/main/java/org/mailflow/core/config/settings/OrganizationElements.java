package org.mailflow.core.config.settings;

import java.util.List;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.CentralizedTransportEgress;
import org.mailflow.core.model.ConnectorSelectionOrder;
import org.mailflow.core.model.Premises;

/** The element {@code organization} and those in it, but for the connectors; and the root. */
public final class OrganizationElements {

    private static final String ACCEPTED_DOMAIN_CMDLET = "New-AcceptedDomain -";

    /** The tenant's name. */
    public static final Parameter<String> NAME = Parameter.one(
                    "name", Kinds.NAME, "The organization's name, unique on the server.")
            .mustBeWritten();

    /** Which side. */
    public static final Parameter<Premises> PREMISES = Parameter.one(
                    "premises",
                    Kinds.choice(Premises.class),
                    "The side of a hybrid deployment that this server plays for the organization. An Exchange server's "
                            + "place is onPremises; Exchange Online's place is cloud.")
            .mustBeWritten();

    /** Direct send. */
    public static final Parameter<Boolean> REJECT_DIRECT_SEND = Parameter.one(
                    "rejectDirectSend",
                    Kinds.BOOLEAN,
                    "Refuse mail whose sender (MAIL FROM) is in an accepted domain of the organization, and whose peer no "
                            + "inbound connector identifies.")
            .byDefault("false")
            .of("Set-OrganizationConfig -RejectDirectSend");

    /** The last guard against loops. */
    public static final Parameter<Integer> MAX_HOP_COUNT = Parameter.one(
                    "maxHopCount",
                    Kinds.HOPS,
                    "How many servers a mail may have passed through (its Received headers); one more is taken for a loop, "
                            + "and refused. It is the guard behind the loop mark, for loops through servers that remove it.")
            .byDefaultInWords("20 in the cloud, 30 on-premises")
            .of("Set-ReceiveConnector -MaxHopCount");

    /** SRS. */
    public static final Parameter<Boolean> SENDER_REWRITING = Parameter.one(
                    "senderRewriting",
                    Kinds.BOOLEAN,
                    "Give forwarded and relayed mail that leaves to external recipients a sender (MAIL FROM) of the "
                            + "organization's own, where it has a stranger's: the Sender Rewriting Scheme. What comes back to "
                            + "such a sender is handed on to the first one, whatever is written here.")
            .byDefaultInWords("true in the cloud; false on-premises");

    /** Selection order. */
    public static final Parameter<ConnectorSelectionOrder> CONNECTOR_SELECTION = Parameter.one(
                    "connectorSelection",
                    Kinds.choice(ConnectorSelectionOrder.class),
                    "Which outbound connector is used where several fit. specificity: domain, longest wildcard, "
                            + "allAcceptedDomains, *. documentedOrder: domain, allAcceptedDomains, longest wildcard, *.")
            .byDefault("specificity");

    /** The domain. */
    public static final Parameter<DomainName> DOMAIN_NAME = Parameter.one("name", Kinds.DOMAIN, "The domain.")
            .mustBeWritten()
            .of(ACCEPTED_DOMAIN_CMDLET + "DomainName");

    /** What becomes of unknown recipients. */
    public static final Parameter<AcceptedDomainType> DOMAIN_TYPE = Parameter.one(
                    "type",
                    Kinds.choice(AcceptedDomainType.class),
                    "What becomes of mail to a recipient that the directory does not know. authoritative: refused. "
                            + "internalRelay: relayed to the organization's other servers by a connector. externalRelay: "
                            + "relayed to a server outside of the organization.")
            .byDefault("authoritative")
            .of(ACCEPTED_DOMAIN_CMDLET + "DomainType");

    /** Sub-domains. */
    public static final Parameter<Boolean> MATCH_SUB_DOMAINS = Parameter.one(
                    "matchSubDomains",
                    Kinds.BOOLEAN,
                    "Whether every sub-domain is accepted too. Needs type internalRelay.")
            .byDefault("false")
            .of(ACCEPTED_DOMAIN_CMDLET + "MatchSubDomains");

    /** An accepted domain. */
    public static final ElementSpec ACCEPTED_DOMAIN = new ElementSpec(
            "acceptedDomain",
            true,
            false,
            List.of(DOMAIN_NAME, DOMAIN_TYPE),
            List.of(MATCH_SUB_DOMAINS),
            List.of(),
            "A domain that the organization receives mail for. This list is the only truth about it.");

    /** A table. */
    public static final Parameter<String> RECIPIENTS_FILE = Parameter.repeated(
                    "file", Kinds.FILE, "A CSV file of recipients: address, routing address, further addresses.")
            .of("New-MailUser, New-RemoteMailbox -RemoteRoutingAddress, New-MailContact -ExternalEmailAddress");

    /** James' own users. */
    public static final ElementSpec JAMES_USERS = new ElementSpec(
            "jamesUsers",
            false,
            false,
            List.of(),
            List.of(),
            List.of(),
            "The users of James, with its table of aliases, groups, forwards and domain aliases "
                    + "(RecipientRewriteTable).");

    /** The directory. */
    public static final ElementSpec RECIPIENTS = new ElementSpec(
            "recipients",
            false,
            false,
            List.of(),
            List.of(RECIPIENTS_FILE),
            List.of(LdapElements.ELEMENT, JAMES_USERS),
            "The organization's directory: who its recipients are, and where their mailboxes are. The sources are asked "
                    + "in the order written: the first that knows an address counts, and where one before it cannot be "
                    + "asked, mail waits.");

    /** Routing addresses. */
    public static final Parameter<DomainName> TARGET_DELIVERY_DOMAIN = Parameter.one(
                    "targetDeliveryDomain",
                    Kinds.DOMAIN,
                    "The domain of routing addresses: mail to it is the organization's own, and goes to the cloud.")
            .of("Set-RemoteDomain -TargetDeliveryDomain");

    /** Which way out. */
    public static final Parameter<CentralizedTransportEgress> CENTRALIZED_TRANSPORT_EGRESS = Parameter.one(
                    "centralizedTransportEgress",
                    Kinds.choice(CentralizedTransportEgress.class),
                    "On-premises: by which side the cloud's mail leaves to the internet that centralized mail transport "
                            + "(routeAllMessagesViaOnPremises) brought here. onPremises: to the MX hosts from here. cloud: "
                            + "back to the cloud, by the connector that serves targetDeliveryDomain, and to the MX hosts from "
                            + "there.")
            .byDefault("onPremises");

    /** Hybrid. */
    public static final ElementSpec HYBRID = new ElementSpec(
            "hybrid",
            false,
            false,
            List.of(),
            List.of(TARGET_DELIVERY_DOMAIN, CENTRALIZED_TRANSPORT_EGRESS),
            List.of(),
            "What this side knows of the organization's other premises.");

    /** The element. */
    public static final ElementSpec ELEMENT = new ElementSpec(
            "organization",
            true,
            true,
            List.of(NAME, PREMISES),
            List.of(REJECT_DIRECT_SEND, SENDER_REWRITING, MAX_HOP_COUNT, CONNECTOR_SELECTION),
            List.of(
                    ACCEPTED_DOMAIN,
                    RECIPIENTS,
                    HYBRID,
                    InboundConnectorSettings.ELEMENT,
                    OutboundConnectorSettings.ELEMENT),
            "A tenant of the server: everything that decides its mail. One is the common case.");

    /** The root of the file. */
    public static final ElementSpec ROOT = new ElementSpec(
            "mailflow",
            false,
            true,
            List.of(),
            List.of(),
            List.of(ServerElements.ELEMENT, ELEMENT),
            "The whole configuration of mail flow. Wherever a value stands, ${env:NAME} and ${env:NAME:-default} are "
                    + "replaced by an environment variable.");

    private OrganizationElements() {}
}
