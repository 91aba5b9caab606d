package org.mailflow.core.config.settings;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.LdapFilter;
import org.mailflow.core.directory.LdapUrl;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.model.SmartHost;
import org.mailflow.core.model.Word;
import org.mailflow.core.tls.CertificateName;
import org.mailflow.core.tls.CertificatePin;

/** The forms that values have in the files of a configuration. */
public final class Kinds {

    private static final int MAX_NAME = 64;

    /** Yes or no. */
    public static final Kind<Boolean> BOOLEAN =
            new Kind<>("boolean", "true or false", List.of("true", "false"), Kinds::bool);
    /** Whatever is written. */
    public static final Kind<String> TEXT = Kind.of("text", "any text", text -> text);

    static final Kind<String> NAME =
            Kind.of("name", "a name of 64 characters at most, without slash and backslash", Kinds::name);
    static final Kind<String> FILE =
            Kind.of("file", "a file; a relative one is sought from the folder of mailflow.xml", Kinds::file);
    static final Kind<DomainName> DOMAIN = Kind.of("domain", "a domain: contoso.com", DomainName::parse);
    static final Kind<DomainPattern> DOMAIN_PATTERN = Kind.of(
            "domainPattern",
            "contoso.com, *.contoso.com (the domain and all its sub-domains) or * (every domain)",
            DomainPattern::parse);
    static final Kind<EmailAddress> EMAIL_ADDRESS =
            Kind.of("emailAddress", "an address: chris@contoso.com", EmailAddress::parse);
    static final Kind<CertificateName> CERTIFICATE_NAME = Kind.of(
            "certificateName", "a name in a certificate: mail.contoso.com or *.contoso.com", CertificateName::parse);
    static final Kind<String> CERTIFICATE_PIN = Kind.of(
            "certificatePin",
            "sha256/ and base64 of a key (RFC 7469), the SHA-256 fingerprint of a certificate in hexadecimal, or file: and "
                    + "a PEM file",
            Kinds::certificatePin);
    static final Kind<SmartHost> SMART_HOST = Kind.of(
            "smartHost",
            "a name (its MX records first, then its addresses), an address in brackets, or either with :port; where they are "
                    + "weighted, with ;weight behind it",
            SmartHost::parse);
    static final Kind<List<IpPrefix>> ADDRESSES = Kind.of(
            "addresses",
            "an IPv4 or IPv6 address, a network of any prefix length (192.0.2.0/24), or a range (192.0.2.1-192.0.2.9)",
            IpPrefix::parseAll);
    static final Kind<IpAddress> ADDRESS = Kind.of("address", "an IPv4 or IPv6 address", IpAddress::parse);
    static final Kind<Instant> INSTANT =
            Kind.of("time", "a date and time with its offset: 2027-01-31T00:00:00Z", Kinds::instant);
    /** A TCP port. */
    public static final Kind<Integer> PORT = number("port", 1, 65_535);

    static final Kind<Integer> COST = number("cost", 1, 100);
    static final Kind<Integer> OUTBOUND_CONNECTIONS = number("outboundConnections", 1, 1_000);
    static final Kind<Integer> MESSAGES = number("messages", 1, 100_000);
    static final Kind<Integer> CONNECTIONS = number("connections", 1, 256);
    static final Kind<Integer> CACHED = number("cached", 1, 10_000_000);
    static final Kind<LdapUrl> LDAP_URL =
            Kind.of("ldapUrl", "ldap://host or ldaps://host, with :port where it is not 389 or 636", LdapUrl::parse);
    static final Kind<LdapFilter> LDAP_FILTER =
            Kind.of("ldapFilter", "a filter of RFC 4515 with {address} in it: (mail={address})", LdapFilter::new);
    static final Kind<String> LDAP_ATTRIBUTE = Kind.of("ldapName", "a name of a schema: mail", Kinds::ldapName);
    static final Kind<String> DISTINGUISHED_NAME =
            Kind.of("distinguishedName", "a distinguished name: dc=contoso,dc=com", Kinds::distinguishedName);
    static final Kind<Integer> HOPS = number("hops", 1, 500);
    static final Kind<Integer> RECIPIENTS = number("recipients", 100, 100_000);
    static final Kind<Integer> ERRORS = number("errors", 1, 1_000);
    static final Kind<Integer> LINE_LENGTH = number("lineLength", 998, 8_192);
    static final Kind<Integer> BOUNDARY_LENGTH = number("boundaryLength", 70, 2_048);
    static final Kind<Integer> MIME_COUNT = number("count", 1, 1_000_000);
    static final Kind<String> REPOSITORY =
            Kind.of("repository", "the URL of a mail repository: jpa://var/mail/poison", Kinds::repository);

    private Kinds() {}

    /** One of the words of an enumeration. */
    static <T extends Enum<T> & Word> Kind<T> choice(Class<T> type) {
        List<T> choices = List.of(type.getEnumConstants());
        List<String> words = choices.stream().map(Word::word).toList();
        String name = type.getSimpleName().substring(0, 1).toLowerCase(Locale.ROOT)
                + type.getSimpleName().substring(1);
        return new Kind<>(name, String.join(", ", words), words, text -> choices.stream()
                .filter(choice -> choice.word().equals(text))
                .findFirst()
                .orElseThrow(() -> mistake(text, "is none of the words", "write one of " + String.join(", ", words))));
    }

    /** A whole number in a range. */
    public static Kind<Integer> number(String name, int least, int most) {
        String range = "a whole number from " + least + " to " + most;
        return Kind.of(name, range, text -> Stream.of(text)
                .filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most)
                .findFirst()
                .orElseThrow(() -> mistake(text, "is not " + range, "write " + range)));
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mistake(text, "is neither true nor false", "write true or false, in lower case");
        };
    }

    /** Names become part of the names of queues: {@code organization/connector}. */
    private static String name(String text) {
        boolean plain = text.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
        if (!plain || text.length() > MAX_NAME) {
            throw mistake(
                    text,
                    "cannot be a name",
                    "use " + MAX_NAME + " characters at most, without slash, backslash and line breaks");
        }
        return text;
    }

    private static String file(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw mistake(text, "cannot be a file", "write one file in each element");
        }
        return text;
    }

    private static String certificatePin(String text) {
        if (text.startsWith(InboundConnectorSettings.PIN_FILE)) {
            return file(text);
        }
        return CertificatePin.parse(text).value();
    }

    private static String ldapName(String text) {
        if (!text.matches("[A-Za-z][A-Za-z0-9-]*|[0-9]+([.][0-9]+)+")) {
            throw mistake(text, "is no name of a schema", "write one like mail or groupOfNames");
        }
        return text;
    }

    private static String repository(String text) {
        if (!text.matches("[a-z][a-z0-9+.-]*://[A-Za-z0-9._/-]{1,200}")) {
            throw mistake(text, "is not the URL of a mail repository", "write one like jpa://var/mail/poison");
        }
        return text;
    }

    private static String distinguishedName(String text) {
        try {
            return new LdapName(text).toString();
        } catch (InvalidNameException e) {
            IllegalArgumentException mistake =
                    mistake(text, "is no distinguished name", "write it like ou=people,dc=contoso,dc=com");
            mistake.initCause(e);
            throw mistake;
        }
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            IllegalArgumentException mistake =
                    mistake(text, "is not a time", "write it like 2027-01-31T00:00:00Z or 2027-01-31T00:00:00+01:00");
            mistake.initCause(e);
            throw mistake;
        }
    }

    /** What a form says of a text that has another one: with the remedy after a colon. */
    public static IllegalArgumentException mistake(String text, String what, String remedy) {
        return new IllegalArgumentException("'" + text + "' " + what + ": " + remedy);
    }
}
