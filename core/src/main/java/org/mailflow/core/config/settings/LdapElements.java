package org.mailflow.core.config.settings;

import java.time.Duration;
import java.util.List;
import org.mailflow.core.directory.LdapFilter;
import org.mailflow.core.directory.LdapUrl;

/** The element {@code ldap}. */
public final class LdapElements {

    /** How administrators call it. */
    public static final Parameter<String> NAME = Parameter.one(
                    "name",
                    Kinds.NAME,
                    "What look-ups, health checks and metrics call the directory; unique in its organization.")
            .mustBeWritten();

    /** The servers. */
    public static final Parameter<LdapUrl> URL = Parameter.repeated(
                    "url",
                    Kinds.LDAP_URL,
                    "A server of the directory. Several are asked in the order written: the next one where one cannot be "
                            + "reached.")
            .mustBeWritten();

    /** STARTTLS. */
    public static final Parameter<Boolean> START_TLS = Parameter.one(
                    "startTls",
                    Kinds.BOOLEAN,
                    "Encrypt connections to ldap:// servers before anything else is said on them. A server that cannot is "
                            + "unavailable.")
            .byDefault("false");

    /** The account. */
    public static final Parameter<String> BIND_DN = Parameter.one(
                    "bindDn",
                    Kinds.TEXT,
                    "The account that asks: a distinguished name, or what else the server takes for one "
                            + "(user@contoso.com in Active Directory).")
            .byDefaultInWords("the server is asked anonymously");

    /** Its password. */
    public static final Parameter<String> BIND_PASSWORD = Parameter.one(
            "bindPassword", Kinds.TEXT, "The account's password; best as ${env:NAME}, or in bindPasswordFile.");

    /** The same in a file. */
    public static final Parameter<String> BIND_PASSWORD_FILE = Parameter.one(
            "bindPasswordFile",
            Kinds.FILE,
            "A file with the account's password and nothing else. Let nobody but the server read it.");

    /** Where to seek. */
    public static final Parameter<String> BASE_DN = Parameter.one(
                    "baseDn", Kinds.DISTINGUISHED_NAME, "The entry below which recipients are, at any depth.")
            .mustBeWritten();

    /** Which entry. */
    public static final Parameter<LdapFilter> FILTER = Parameter.one(
                    "filter",
                    Kinds.LDAP_FILTER,
                    "Which entry has an address: a filter with {address}, {localPart} or {domain} in its values, which are "
                            + "escaped. Where it finds more than one entry, the recipient is unavailable.")
            .byDefaultInWords(
                    "(|(mail={address})(proxyAddresses=smtp:{address})(proxyAddresses={address})(targetAddress=smtp:"
                            + "{address})(targetAddress={address})), with the attributes as they are set here");

    /** The primary address. */
    public static final Parameter<String> MAIL = attribute("mailAttribute", "mail", "A recipient's primary address.");

    /** Further addresses. */
    public static final Parameter<String> PROXY_ADDRESSES = attribute(
            "proxyAddressesAttribute",
            "proxyAddresses",
            "A recipient's addresses as Exchange writes them: SMTP: before the primary one, smtp: before others. Those of "
                    + "other kinds (X500, SIP, …) do not count.");

    /** Where mail goes. */
    public static final Parameter<String> TARGET_ADDRESS = attribute(
                    "targetAddressAttribute",
                    "targetAddress",
                    "Where a recipient's mail goes instead of a mailbox here.")
            .of("New-RemoteMailbox -RemoteRoutingAddress, New-MailContact -ExternalEmailAddress");

    /** Members. */
    public static final Parameter<String> MEMBER = Parameter.list(
                    "memberAttribute",
                    Kinds.LDAP_ATTRIBUTE,
                    "A group's members, by their distinguished names. Of a member that is a group without an address the "
                            + "members count.")
            .byDefault("member");

    /** What a group is. */
    public static final Parameter<String> GROUP_CLASSES = Parameter.list(
                    "groupObjectClass", Kinds.LDAP_ATTRIBUTE, "The object classes of groups.")
            .byDefault("group groupOfNames");

    /** Whether groups are expanded here. */
    public static final Parameter<Boolean> EXPAND_GROUPS = Parameter.one(
                    "expandGroups",
                    Kinds.BOOLEAN,
                    "Whether mail for a group goes on to its members here. false: the group is one recipient, for a "
                            + "server behind this one to expand.")
            .byDefault("true");

    /** Where mailboxes are. */
    public static final Parameter<MailboxLocation> MAILBOX_LOCATION = Parameter.one(
                    "mailboxLocation",
                    Kinds.choice(MailboxLocation.class),
                    "Where the mailbox of a recipient without targetAddress is. here: on this server. otherPremises: on "
                            + "the organization's other premises, under its own address; so for a gateway in front of "
                            + "Exchange.")
            .byDefault("here");

    /** Patience for a connection. */
    public static final Parameter<Duration> CONNECT_TIMEOUT = Parameter.one(
                    "connectTimeout", Durations.DURATION, "How long a connection to a server may take.")
            .byDefault("2s");

    /** Patience for an answer. */
    public static final Parameter<Duration> RESPONSE_TIMEOUT = Parameter.one(
                    "responseTimeout",
                    Durations.DURATION,
                    "How long an answer may take. With connectTimeout 5 seconds at most: for so long an SMTP client waits "
                            + "for the answer to RCPT TO, and is told to come again then.")
            .byDefault("3s");

    /** How many connections. */
    public static final Parameter<Integer> POOL_SIZE = Parameter.one(
                    "poolSize",
                    Kinds.CONNECTIONS,
                    "How many connections are open at most; two more read the members of groups.")
            .byDefault("8");

    /** How many answers. */
    public static final Parameter<Integer> CACHE_SIZE = Parameter.one(
                    "cacheSize", Kinds.CACHED, "How many answers are kept at most; 100000 take some 100 MB.")
            .byDefault("100000");

    /** Validity of an answer. */
    public static final Parameter<Duration> FOUND_TTL = Parameter.one(
                    "foundTtl", Durations.DURATION, "How long a recipient that was found is not asked for again.")
            .byDefault("10m");

    /** Validity of the other answer. */
    public static final Parameter<Duration> NOT_FOUND_TTL = Parameter.one(
                    "notFoundTtl",
                    Durations.DURATION,
                    "How long an address that nobody has is not asked for again: for so long a new recipient may be "
                            + "refused.")
            .byDefault("30s");

    /** The last answer. */
    public static final Parameter<Duration> KEEP_WHILE_UNAVAILABLE = Parameter.one(
                    "keepWhileUnavailable",
                    Durations.DURATION_OR_NONE,
                    "How old the last answer with a recipient may be to stand in for servers that cannot be asked. Nobody "
                            + "is refused by an old answer. 0s: none stands in, and mail waits.")
            .byDefault("1h");

    /** The element. */
    public static final ElementSpec ELEMENT = new ElementSpec(
            "ldap",
            true,
            false,
            List.of(NAME),
            List.of(
                    URL,
                    START_TLS,
                    BIND_DN,
                    BIND_PASSWORD,
                    BIND_PASSWORD_FILE,
                    BASE_DN,
                    FILTER,
                    MAIL,
                    PROXY_ADDRESSES,
                    TARGET_ADDRESS,
                    MEMBER,
                    GROUP_CLASSES,
                    EXPAND_GROUPS,
                    MAILBOX_LOCATION,
                    CONNECT_TIMEOUT,
                    RESPONSE_TIMEOUT,
                    POOL_SIZE,
                    CACHE_SIZE,
                    FOUND_TTL,
                    NOT_FOUND_TTL,
                    KEEP_WHILE_UNAVAILABLE),
            List.of(),
            "A directory server (Active Directory, OpenLDAP, …). While none of its servers can be asked, mail waits.");

    private LdapElements() {}

    private static Parameter<String> attribute(String name, String attribute, String meaning) {
        return Parameter.one(name, Kinds.LDAP_ATTRIBUTE, meaning).byDefault(attribute);
    }
}
