package org.mailflow.core.decision;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.mime.RawField;

/**
 * The fields of a header that only this server, and the other premises of a hybrid deployment, may say of a mail (Exchange's
 * header firewall): from anybody else they are removed before anything reads them, and nobody else is told them.
 */
public final class HeaderFirewall {

    /** What an organization knows of a mail: {@code X-MS-Exchange-Organization-AuthAs: Internal}. */
    public static final String ORGANIZATION = "X-MS-Exchange-Organization-";
    /** The same on its way between the premises. */
    public static final String CROSS_PREMISES = "X-MS-Exchange-CrossPremises-";
    /** What servers of one forest know of a mail. */
    public static final String FOREST = "X-MS-Exchange-Forest-";
    /** What the server knows of the mail: {@code CIP:192.0.2.1;IPV:NLI;DIR:INB;}. */
    public static final String ANTISPAM_REPORT = "X-Forefront-Antispam-Report";
    /** The same of the premises that the mail passed before. */
    public static final String ANTISPAM_REPORT_UNTRUSTED = "X-Forefront-Antispam-Report-Untrusted";
    /** The source of the mail that enhanced filtering found and that counts: {@code ip=[192.0.2.1]}. */
    public static final String ORIGINAL_SENDER = "X-MS-Exchange-ExternalOriginalInternetSender";
    /** The same, whether it counts for this mail's recipients or not. */
    public static final String SKIP_LISTED_SENDER = "X-MS-Exchange-SkipListedInternetSender";
    /** The organization that a mail is from, by its default domain. */
    public static final String ORIGINATOR_ORG = "X-OriginatorOrg";
    /** Which server handed the organization's headers on. */
    public static final String PRESERVED = "X-OrganizationHeadersPreserved";
    /** Which server took them for its own. */
    public static final String PROMOTED = "X-CrossPremisesHeadersPromoted";
    /** Which server removed them. */
    public static final String FILTERED = "X-CrossPremisesHeadersFilteredBySendConnector";

    private static final List<String> FAMILIES = List.of(
            fold(ORGANIZATION),
            fold(CROSS_PREMISES),
            fold(FOREST),
            "x-ms-exchange-crosstenant-",
            "x-ms-exchange-antispam-",
            "x-microsoft-antispam",
            "x-crosspremisesheaders");

    private static final Set<String> NAMES = Set.of(
            fold(ANTISPAM_REPORT),
            fold(ANTISPAM_REPORT_UNTRUSTED),
            fold(ORIGINAL_SENDER),
            fold(SKIP_LISTED_SENDER),
            fold(ORIGINATOR_ORG),
            fold(PRESERVED),
            "received-spf");

    /** They leave to anybody: what a mail says of other organizations is theirs to say. */
    private static final List<String> OF_OTHERS = List.of("x-ms-exchange-crosstenant-", "received-spf");

    private static final Set<String> VERDICTS =
            Set.of("authentication-results", "arc-seal", "arc-message-signature", "arc-authentication-results");

    private static final Pattern DOMAIN_TAG =
            Pattern.compile("(?:^|;)\\s*d\\s*=\\s*([^;\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern INSTANCE_TAG = Pattern.compile("^\\s*i\\s*=\\s*\\d+\\s*;", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");
    private static final Pattern FIRST_WORD = Pattern.compile("^[\\s\"]*([^\\s;/\"]+)");

    private HeaderFirewall() {}

    /** Whether a peer that is not trusted may not say a field of this name, in any letter case. */
    public static boolean isProtected(String name) {
        String folded = fold(name);
        return NAMES.contains(folded) || FAMILIES.stream().anyMatch(folded::startsWith);
    }

    /** Whether a next hop that is not trusted is not told a field of this name. */
    public static boolean isSecret(String name) {
        String folded = fold(name);
        return isProtected(name) && OF_OTHERS.stream().noneMatch(folded::startsWith);
    }

    /** Whether a field of this name says which organization a mail is from. */
    public static boolean isOriginatorOrg(String name) {
        return fold(ORIGINATOR_ORG).equals(fold(name));
    }

    /** Whether it depends on its value whether a peer may say a field of this name: verdicts are signed with a name. */
    public static boolean isVerdict(String name) {
        return VERDICTS.contains(fold(name));
    }

    /**
     * Whether a field of a verdict claims to be ours: Authentication-Results by its authserv-id (RFC 8601, 5), ARC by its domain
     * (RFC 8617).
     *
     * @param isOurs holds of the names of this server and of the organizations
     */
    public static boolean claimsToBeOurs(RawField field, Predicate<String> isOurs) {
        String value = INSTANCE_TAG
                .matcher(COMMENT.matcher(field.value()).replaceAll(" "))
                .replaceFirst("");
        boolean byDomain = !fold(field.name()).endsWith("authentication-results");
        var found = (byDomain ? DOMAIN_TAG : FIRST_WORD).matcher(value);
        // No program writes an encoded word there, and some would decode it.
        return value.contains("=?") || (found.find() && isOurs.test(found.group(1)));
    }

    /** Whether a name is that of this server, or in a domain of an organization here. */
    static boolean isOurName(String fqdn, Predicate<DomainName> isAccepted, String name) {
        if (name.equalsIgnoreCase(fqdn)) {
            return true;
        }
        try {
            return isAccepted.test(DomainName.parse(name));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a header has no protected field but those that this server writes, each once. */
    static boolean isClean(List<RawField> header, List<RawField> own) {
        List<String> read = protectedNames(header);
        List<String> written = protectedNames(own);
        return read.equals(written);
    }

    private static List<String> protectedNames(List<RawField> fields) {
        return fields.stream()
                .map(RawField::name)
                .filter(HeaderFirewall::isProtected)
                .map(HeaderFirewall::fold)
                .sorted()
                .toList();
    }

    /** Letters that some readers take for one in another case: the Kelvin sign, the long s. */
    static String fold(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
