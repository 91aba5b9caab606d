package org.mailflow.core.tls;

import com.google.common.base.Ascii;
import java.util.Optional;
import org.mailflow.core.address.DomainName;

/**
 * The name that a certificate must carry (cmdlet parameters TlsSenderCertificateName, TlsDomain): a host or domain name,
 * or {@code *.} in front of one. Names match as RFC 9525, 6.3 has it: a wildcard is the whole leftmost label and
 * stands for exactly one label, and never for the top two labels of a name.
 *
 * @param value the name in lower case
 */
public record CertificateName(String value) {

    private static final String WILDCARD = "*.";

    /** Refuses what is neither a name nor {@code *.} and a name of two labels or more. */
    public CertificateName {
        String name = value.startsWith(WILDCARD) ? value.substring(WILDCARD.length()) : value;
        if (!new DomainName(name).value().contains(".")) {
            throw new IllegalArgumentException(
                    "'" + value + "' is no certificate name: write mail.contoso.com or *.contoso.com");
        }
    }

    /**
     * Reads a name in any case.
     *
     * @throws IllegalArgumentException where the text is no certificate name
     */
    public static CertificateName parse(String text) {
        return new CertificateName(Ascii.toLowerCase(text));
    }

    /**
     * Whether a name in a certificate satisfies this one. {@code *.contoso.com} is satisfied by a certificate for
     * {@code *.contoso.com} itself and by one for mail.contoso.com; mail.contoso.com by either of the two as well.
     *
     * @param presented a dNSName of the certificate
     */
    public boolean isSatisfiedBy(String presented) {
        return presented(presented)
                .filter(name ->
                        name.value.equals(value) || standsFor(value, name.value) || standsFor(name.value, value))
                .isPresent();
    }

    /** What is no name by these rules satisfies nothing: {@code *}, {@code *.com}, {@code m*.contoso.com}. */
    private static Optional<CertificateName> presented(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean standsFor(String wildcard, String name) {
        if (!wildcard.startsWith(WILDCARD) || name.startsWith(WILDCARD)) {
            return false;
        }
        String domain = wildcard.substring(1);
        int label = name.indexOf('.');
        return label > 0 && domain.indexOf('.', 1) > 0 && name.substring(label).equals(domain);
    }

    @Override
    public String toString() {
        return value;
    }
}
