package org.mailflow.core.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mailflow.core.mime.RawField;

/**
 * The headers by which one premises tells the other what it knows of a mail (cmdlet parameter CloudServicesMailEnabled):
 * promotion of what came, and demotion of what leaves.
 */
public final class CrossPremisesHeaders {

    private static final String AUTH_AS = "AuthAs";
    private static final String AUTH_SOURCE = "AuthSource";
    private static final String SCL = "SCL";
    private static final String DIRECTIONALITY = "MessageDirectionality";
    private static final String NETWORK_MESSAGE_ID = "Network-Message-Id";
    /** What this server says of every mail itself. */
    private static final List<String> OWN = List.of(AUTH_AS, AUTH_SOURCE, SCL, DIRECTIONALITY, NETWORK_MESSAGE_ID);

    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final Pattern LEVEL = Pattern.compile("-1|[0-9]");

    /**
     * What the other premises knows of a mail.
     *
     * @param authAs as whom its sender was authenticated there; Anonymous where that is missing, or said in two ways
     * @param authSource the server that authenticated him; empty where that is missing
     * @param scl how likely it is spam, from -1 (no filter needs to look) to 9; empty where that is missing
     * @param networkMessageId the name that all copies of it have; empty where that is missing
     */
    public record Promoted(
            AuthAs authAs, Optional<String> authSource, Optional<Integer> scl, Optional<String> networkMessageId) {}

    private CrossPremisesHeaders() {}

    /** Reads what the other premises says of a mail. */
    public static Promoted read(List<RawField> fields) {
        return new Promoted(
                said(fields, AUTH_AS)
                        .filter(AuthAs.INTERNAL.word()::equalsIgnoreCase)
                        .map(word -> AuthAs.INTERNAL)
                        .orElse(AuthAs.ANONYMOUS),
                said(fields, AUTH_SOURCE).filter(PLAIN.asMatchPredicate()),
                said(fields, SCL).filter(LEVEL.asMatchPredicate()).map(Integer::valueOf),
                said(fields, NETWORK_MESSAGE_ID).filter(PLAIN.asMatchPredicate()));
    }

    /** What the cross-premises fields of this name say, where they say one thing. */
    private static Optional<String> said(List<RawField> fields, String name) {
        List<String> values = fields.stream()
                .filter(field -> isOf(HeaderFirewall.CROSS_PREMISES + name, field))
                .map(RawField::value)
                .distinct()
                .toList();
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /**
     * Takes what the other premises says for this one's own: cross-premises fields become fields of the organization, in the
     * place of those that had the name. What this server says of every mail itself is left out.
     */
    public static List<RawField> promote(List<RawField> fields) {
        Set<String> replaced = fields.stream()
                .flatMap(field -> rest(field, HeaderFirewall.CROSS_PREMISES).stream())
                .map(HeaderFirewall::fold)
                .collect(Collectors.toSet());
        OWN.forEach(name -> replaced.add(HeaderFirewall.fold(name)));
        List<RawField> promoted = new ArrayList<>();
        for (RawField field : fields) {
            Optional<String> crossing = rest(field, HeaderFirewall.CROSS_PREMISES);
            Optional<String> organization = rest(field, HeaderFirewall.ORGANIZATION);
            if (crossing.isPresent()) {
                if (OWN.stream().noneMatch(crossing.get()::equalsIgnoreCase)) {
                    promoted.add(field.renamed(HeaderFirewall.ORGANIZATION + crossing.get()));
                }
            } else if (isOf(HeaderFirewall.ANTISPAM_REPORT, field)) {
                promoted.add(field.renamed(HeaderFirewall.ANTISPAM_REPORT_UNTRUSTED));
            } else if (organization
                    .map(HeaderFirewall::fold)
                    .filter(replaced::contains)
                    .isEmpty()) {
                promoted.add(field);
            }
        }
        return promoted;
    }

    /**
     * What leaves to the other premises: fields of the organization become cross-premises fields.
     *
     * @param fqdn this server
     * @param originatorOrg the organization's default domain
     * @param madeHere whether this server made the mail itself: then it is the organization's own, and says nothing of that yet
     */
    public static List<RawField> demote(
            List<RawField> fields, String fqdn, Optional<String> originatorOrg, boolean madeHere) {
        List<RawField> demoted = new ArrayList<>();
        demoted.add(RawField.of(HeaderFirewall.PRESERVED, fqdn));
        if (madeHere) {
            demoted.add(RawField.of(HeaderFirewall.CROSS_PREMISES + AUTH_AS, AuthAs.INTERNAL.word()));
            demoted.add(RawField.of(HeaderFirewall.CROSS_PREMISES + AUTH_SOURCE, fqdn));
        }
        originatorOrg.ifPresent(domain -> demoted.add(RawField.of(HeaderFirewall.ORIGINATOR_ORG, domain)));
        for (RawField field : fields) {
            Optional<String> organization = rest(field, HeaderFirewall.ORGANIZATION);
            boolean dropped = rest(field, HeaderFirewall.CROSS_PREMISES).isPresent()
                    || rest(field, HeaderFirewall.FOREST).isPresent()
                    || isOf(HeaderFirewall.PRESERVED, field)
                    || isOf(HeaderFirewall.PROMOTED, field)
                    || isOf(HeaderFirewall.ORIGINATOR_ORG, field);
            if (organization.isPresent()) {
                if (!madeHere) {
                    demoted.add(field.renamed(HeaderFirewall.CROSS_PREMISES + organization.get()));
                }
            } else if (!dropped) {
                demoted.add(field);
            }
        }
        return demoted;
    }

    /**
     * What leaves to anybody else: nothing of it.
     *
     * @param fqdn this server
     */
    public static List<RawField> filter(List<RawField> fields, String fqdn) {
        List<RawField> filtered = new ArrayList<>();
        boolean crossing = fields.stream()
                .anyMatch(field -> rest(field, HeaderFirewall.CROSS_PREMISES).isPresent());
        if (crossing) {
            filtered.add(RawField.of(HeaderFirewall.FILTERED, fqdn));
        }
        fields.stream().filter(field -> !HeaderFirewall.isSecret(field.name())).forEach(filtered::add);
        return filtered;
    }

    /**
     * What this server says of a mail that it takes in, in order.
     *
     * @param fqdn this server
     * @param promoted what the other premises said; empty for mail of anybody else
     * @param networkMessageId the name that all copies of it are to have, where they have none yet
     */
    public static List<RawField> own(Stamp stamp, String fqdn, Optional<Promoted> promoted, String networkMessageId) {
        List<RawField> own = new ArrayList<>();
        if (promoted.isPresent()) {
            own.add(RawField.of(HeaderFirewall.PROMOTED, fqdn));
        }
        own.add(organization(AUTH_AS, (stamp.internal() ? AuthAs.INTERNAL : AuthAs.ANONYMOUS).word()));
        own.add(organization(AUTH_SOURCE, promoted.flatMap(Promoted::authSource).orElse(fqdn)));
        own.add(organization(DIRECTIONALITY, stamp.directionality().word()));
        stamp.scl().ifPresent(level -> own.add(organization(SCL, level.toString())));
        own.add(organization(
                NETWORK_MESSAGE_ID, promoted.flatMap(Promoted::networkMessageId).orElse(networkMessageId)));
        return own;
    }

    /** Whether a header tells as whom the sender was authenticated once, and as this server does. */
    static boolean isSaidOnce(List<RawField> header, Stamp stamp) {
        List<String> said = header.stream()
                .filter(field -> isOf(HeaderFirewall.ORGANIZATION + AUTH_AS, field))
                .map(RawField::value)
                .toList();
        return said.equals(List.of((stamp.internal() ? AuthAs.INTERNAL : AuthAs.ANONYMOUS).word()));
    }

    private static RawField organization(String name, String value) {
        return RawField.of(HeaderFirewall.ORGANIZATION + name, value);
    }

    private static boolean isOf(String name, RawField field) {
        return HeaderFirewall.fold(field.name()).equals(HeaderFirewall.fold(name));
    }

    /** What follows the name of a family. */
    private static Optional<String> rest(RawField field, String family) {
        String name = field.name();
        return HeaderFirewall.fold(name).startsWith(HeaderFirewall.fold(family))
                ? Optional.of(name.substring(Math.min(family.length(), name.length())))
                : Optional.empty();
    }
}
