package org.mailflow.core.decision;

/**
 * An SMTP reply that refuses, with Exchange's code and text (RFC 5321, 4.2; RFC 3463).
 *
 * @param code 4yz or 5yz
 * @param enhancedStatus the enhanced status code: {@code 5.7.64}
 * @param text what follows
 */
public record Reply(int code, String enhancedStatus, String text) {

    /** The recipient's domain is not ours (cloud). */
    public static final Reply RELAY_ACCESS_DENIED = new Reply(550, "5.4.1", "Relay Access Denied");
    /** The recipient's domain is not ours (on-premises). */
    public static final Reply UNABLE_TO_RELAY = new Reply(550, "5.7.1", "Unable to relay");
    /** One of our servers may not relay this sender's mail. */
    public static final Reply TENANT_ATTRIBUTION =
            new Reply(550, "5.7.64", "TenantAttribution; Relay Access Denied ATTR36");
    /** A partner connector's restriction is not met. */
    public static final Reply PARTNER_RESTRICTION = new Reply(
            550,
            "5.7.51",
            "TenantInboundAttribution; There is a partner connector configured that matched the message's recipient "
                    + "domain. The connector had either the RestrictDomainsToIPAddresses or "
                    + "RestrictDomainsToCertificate set");
    /** A partner connector demands TLS. */
    public static final Reply STARTTLS_REQUIRED = new Reply(451, "5.7.3", "STARTTLS is required to send mail");
    /** Anonymous mail in our own name. */
    public static final Reply DIRECT_SEND = new Reply(
            550,
            "5.7.68",
            "TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources");
    /** Directory based edge blocking. */
    public static final Reply RECIPIENT_REJECTED = new Reply(550, "5.4.1", "Recipient address rejected: Access denied");
    /** The recipient's directory cannot be asked. */
    public static final Reply DIRECTORY_UNAVAILABLE =
            new Reply(451, "4.3.0", "Recipient directory temporarily unavailable, try again later");
    /** The user may not send in this name. */
    public static final Reply SEND_AS_DENIED =
            new Reply(550, "5.7.60", "Client does not have permissions to send as this sender");
    /** Recipients that belong to different organizations need a transaction each. */
    public static final Reply SEPARATE_TRANSACTION =
            new Reply(452, "4.5.3", "Too many recipients: send to this one in a transaction of its own");
    /** The mail took too many hops (cloud). */
    public static final Reply HOP_COUNT_EXCEEDED_IN_CLOUD =
            new Reply(554, "5.4.14", "Hop count exceeded - possible mail loop ATTR34");
    /** The mail took too many hops (on-premises). */
    public static final Reply HOP_COUNT_EXCEEDED = new Reply(554, "5.4.6", "Hop count exceeded - possible mail loop");
    /** The mail does not say whom it is from (cloud). */
    public static final Reply NO_AUTHOR =
            new Reply(550, "5.7.512", "Access denied, message must be RFC 5322 section 3.6.2 compliant");
    /** The parts of the mail are nested in each other more often than is allowed. */
    public static final Reply MIME_TOO_DEEP =
            new Reply(554, "5.6.0", "Invalid message content: its parts are nested too deeply");
    /** The mail has more parts than are allowed. */
    public static final Reply MIME_TOO_MANY_PARTS =
            new Reply(554, "5.6.0", "Invalid message content: it has too many parts");
    /** A boundary of the mail is longer than is allowed. */
    public static final Reply BOUNDARY_TOO_LONG =
            new Reply(554, "5.6.0", "Invalid message content: a boundary is too long");
    /** A line of the mail is longer than is allowed. */
    public static final Reply LINE_TOO_LONG = new Reply(554, "5.6.0", "Invalid message content: a line is too long");
    /** The header of the mail has more fields than are allowed. */
    public static final Reply TOO_MANY_HEADER_FIELDS =
            new Reply(554, "5.6.0", "Invalid message content: its header has too many fields");
    /** The header of the mail is larger than is allowed. */
    public static final Reply HEADER_TOO_LARGE = new Reply(552, "5.3.4", "Header size exceeds fixed maximum size");
    /** The mail is, or says it is, larger than is allowed. */
    public static final Reply MESSAGE_TOO_LARGE =
            new Reply(552, "5.3.4", "Message size exceeds fixed maximum message size");
    /** All connectors that serve the recipient are for smaller mail. */
    public static final Reply TOO_LARGE_FOR_ROUTE =
            new Reply(550, "5.3.4", "ROUTING.SizeLimit; message size exceeds fixed maximum size for route");
    /** The mail has a line feed without a carriage return before it: a mail could be hidden in it. */
    public static final Reply BARE_LINE_FEED =
            new Reply(550, "5.6.11", "Invalid characters: bare linefeeds are illegal");
    /** The mail has a carriage return without a line feed behind it: a mail, or a header, could be hidden in it. */
    public static final Reply BARE_CARRIAGE_RETURN =
            new Reply(550, "5.6.11", "Invalid characters: bare carriage returns are illegal");
    /** The header can be read in several ways: what one program takes for its end is a field to another. */
    public static final Reply AMBIGUOUS_HEADER =
            new Reply(550, "5.6.0", "Invalid header: the name of a header field is folded");
    /** The mail has a NUL, where some programs stop to read. */
    public static final Reply NUL_CHARACTER = new Reply(550, "5.6.11", "Invalid characters: NULs are illegal");
    /** An address that names a way through further servers: {@code a%b@c}, {@code a!b@c}, {@code "a@b"@c}. */
    public static final Reply ROUTED_ADDRESS =
            new Reply(550, "5.7.1", "Unable to relay: addresses that name a route are not accepted");
    /** The sender is no address. */
    public static final Reply BAD_SENDER = new Reply(501, "5.1.7", "Invalid address");
    /** The recipient is no address. */
    public static final Reply BAD_RECIPIENT = new Reply(501, "5.1.3", "Invalid address");
    /** The transaction has as many recipients as it may have. */
    public static final Reply TOO_MANY_RECIPIENTS = new Reply(452, "4.5.3", "Too many recipients");
    /** A listener for people wants TLS. */
    public static final Reply STARTTLS_FIRST = new Reply(530, "5.7.0", "Must issue a STARTTLS command first");
    /** A listener for people wants to know who it is. */
    public static final Reply NOT_AUTHENTICATED =
            new Reply(530, "5.7.57", "Client was not authenticated to send anonymous mail during MAIL FROM");
    /** The client does not speak SMTP. */
    public static final Reply TOO_MANY_ERRORS =
            new Reply(421, "4.7.0", "Too many errors on this connection, closing transmission channel");
    /** The client speaks HTTP: a browser can be made to send a mail in a request (ALPACA). */
    public static final Reply NOT_HTTP =
            new Reply(421, "4.7.0", "This is SMTP, not HTTP: closing transmission channel");
    /** The client tries passwords. */
    public static final Reply TOO_MANY_LOGON_FAILURES =
            new Reply(421, "4.7.0", "Too many failed logons on this connection, closing transmission channel");
    /** Somebody at the client's address tries passwords. */
    public static final Reply LOGON_NOT_NOW =
            new Reply(454, "4.7.0", "Temporary authentication failure: too many failed logons, try again later");
    /** Whether the password is right cannot be told now (RFC 4954, 6). */
    public static final Reply LOGON_UNAVAILABLE =
            new Reply(454, "4.7.0", "Temporary authentication failure: try again later");
    /** The session lasts too long. */
    public static final Reply CONNECTION_TIMED_OUT = new Reply(421, "4.4.1", "Connection timed out");
    /** The disk is nearly full. */
    public static final Reply INSUFFICIENT_STORAGE = new Reply(452, "4.3.1", "Insufficient system storage");
    /** This server cannot decide now. */
    public static final Reply TEMPORARY_FAILURE = new Reply(451, "4.3.0", "Temporary server error, try again later");

    /** The client's address is on the block list. */
    public static Reply blocked(String clientIp) {
        return new Reply(
                550,
                "5.7.513",
                "Service unavailable, Client host [" + clientIp + "] blocked using Customer Block list (AS16012607)");
    }

    /** Whether the peer may try again. */
    public boolean isTemporary() {
        return code < 500;
    }

    @Override
    public String toString() {
        return code + " " + enhancedStatus + " " + text;
    }
}
