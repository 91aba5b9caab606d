package org.mailflow.integration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.CertificateOrder;
import org.mailflow.testing.tls.Credentials;

/**
 * How a row of a table says what a client presents: {@code clear} for no TLS, {@code tls} for TLS without a certificate, else the
 * dNSNames of one with {@code +} between them and, behind a slash, what is the matter with it.
 */
record PresentedCertificate(String text) {

    private static final String CLEAR = "clear";
    private static final String TLS = "tls";

    boolean isTls() {
        return !text.equals(CLEAR);
    }

    /** What is presented; empty for nothing. */
    Optional<Credentials> credentials(CertificateAuthority trusted) {
        return text.equals(CLEAR) || text.equals(TLS) ? Optional.empty() : Optional.of(issue(trusted));
    }

    private Credentials issue(CertificateAuthority trusted) {
        List<String> parts = Arrays.asList(text.split("/", -1));
        String[] names = parts.get(0).split("\\+", -1);
        String what = parts.size() > 1 ? parts.get(1) : "sound";
        CertificateOrder sound = trusted.order(names[0]).dnsNames(names);
        return switch (what) {
            case "sound" -> sound.issue();
            case "for-servers" -> sound.forServersOnly().issue();
            case "for-clients" -> sound.forClientsOnly().issue();
            case "by-intermediate" -> byIntermediate(trusted, names);
            case "expired" -> sound.expired().issue();
            case "early" -> sound.notYetValid().issue();
            case "incomplete" -> byIntermediate(trusted, names).leafOnly();
            case "self-signed" ->
                CertificateOrder.selfSigned(names[0]).dnsNames(names).issue();
            case "impostor" ->
                CertificateAuthority.create("Test authority")
                        .order(names[0])
                        .dnsNames(names)
                        .issue();
            case "subject" -> trusted.order(names[0]).dnsNames("mail.evil.test").issue();
            default -> throw new IllegalArgumentException("what is a certificate that is " + what + "?");
        };
    }

    private static Credentials byIntermediate(CertificateAuthority trusted, String... names) {
        return trusted.intermediate("Intermediate")
                .order(names[0])
                .dnsNames(names)
                .issue();
    }
}
