package org.mailflow.core.tls;

import com.google.common.base.Ascii;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * The names that a certificate gives its subject.
 *
 * @param dnsNames the dNSNames of the subject alternative name, in lower case
 * @param commonName the only common name of the subject, in lower case, where there is no subject alternative name
 * @param flaw what is wrong with the names; such a certificate proves nothing
 */
record SubjectNames(List<String> dnsNames, Optional<String> commonName, Optional<String> flaw) {

    private static final String ALTERNATIVE_NAME = "2.5.29.17";
    private static final int DNS_NAME = 2;

    static SubjectNames of(X509Certificate certificate) {
        // Asked for its bytes: of an extension that it cannot read Java says that it is not there.
        boolean hasAlternativeName = certificate.getExtensionValue(ALTERNATIVE_NAME) != null;
        if (!hasAlternativeName) {
            List<String> commonNames = commonNames(certificate.getSubjectX500Principal());
            return new SubjectNames(
                    List.of(),
                    Optional.of(commonNames)
                            .filter(names -> names.size() == 1)
                            .map(names -> Ascii.toLowerCase(names.get(0)))
                            .filter(SubjectNames::isPlain),
                    Optional.empty());
        }
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? unreadable() : ofDnsNames(dnsNames(names));
        } catch (CertificateParsingException e) {
            return unreadable();
        }
    }

    private static SubjectNames unreadable() {
        return new SubjectNames(
                List.of(), Optional.empty(), Optional.of("its subject alternative name cannot be read"));
    }

    private static SubjectNames ofDnsNames(List<String> names) {
        boolean plain = names.stream().allMatch(SubjectNames::isPlain);
        return new SubjectNames(
                names.stream().filter(SubjectNames::isPlain).toList(),
                Optional.empty(),
                plain ? Optional.empty() : Optional.of("a name in it has characters that no host name has"));
    }

    private static List<String> dnsNames(Collection<List<?>> names) {
        return names.stream()
                .filter(name -> Objects.equals(name.get(0), DNS_NAME))
                .map(name -> Ascii.toLowerCase((String) name.get(1)))
                .toList();
    }

    /** A name with a NUL, a blank or a letter of another script in it is a trap. */
    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** Read by rules, not by looking for {@code CN=}: that may stand in the value of another attribute. */
    private static List<String> commonNames(X500Principal subject) {
        try {
            return new LdapName(subject.getName(X500Principal.RFC2253))
                    .getRdns().stream().flatMap(SubjectNames::commonNames).toList();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }

    private static Stream<String> commonNames(Rdn rdn) {
        try {
            Attribute commonName = rdn.toAttributes().get("CN");
            Stream.Builder<String> values = Stream.builder();
            for (int i = 0; commonName != null && i < commonName.size(); i++) {
                // A value of a type that is no text is read as bytes, and is no name.
                values.add(commonName.get(i) instanceof String text ? text : "");
            }
            return values.build();
        } catch (NamingException e) {
            return Stream.of("", "");
        }
    }
}
