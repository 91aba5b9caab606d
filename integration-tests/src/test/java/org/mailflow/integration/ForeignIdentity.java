package org.mailflow.integration;

import java.io.IOException;
import java.util.Optional;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.CertificateOrder;
import org.mailflow.testing.tls.Credentials;
import org.mailflow.testing.tls.TlsContexts;

/** How a stranger may show up who would like to be taken for a server of ours. */
enum ForeignIdentity {
    /** In clear text. */
    CLEAR_TEXT,
    /** Over TLS, without a certificate. */
    NO_CERTIFICATE,
    /** The right name, signed by himself. */
    SELF_SIGNED,
    /** The right name, by an authority that calls itself like the trusted one. */
    OF_AN_IMPOSTOR_AUTHORITY,
    /** The right name, once. */
    EXPIRED,
    /** A sound certificate, of somebody else. */
    OF_SOMEBODY_ELSE,
    /** A sound certificate of somebody else that has the right name where names do not count. */
    NAME_IN_THE_SUBJECT_ALONE,
    /** A sound certificate of somebody else whose name begins like the right one. */
    NAME_WITH_A_TAIL,
    /** A sound certificate with the right name and a NUL behind it. */
    NAME_WITH_A_NUL;

    /** What is presented; empty for nothing. */
    Optional<Credentials> credentials(String name, CertificateAuthority trusted) {
        CertificateOrder order =
                switch (this) {
                    case CLEAR_TEXT, NO_CERTIFICATE -> null;
                    case SELF_SIGNED -> CertificateOrder.selfSigned(name).dnsNames(name);
                    case OF_AN_IMPOSTOR_AUTHORITY ->
                        CertificateAuthority.create("Test authority")
                                .order(name)
                                .dnsNames(name);
                    case EXPIRED -> trusted.order(name).dnsNames(name).expired();
                    case OF_SOMEBODY_ELSE -> trusted.order("mail.evil.test").dnsNames("mail.evil.test");
                    case NAME_IN_THE_SUBJECT_ALONE ->
                        trusted.order(name)
                                .dnsNames("mail.evil.test")
                                .mailAddress("x@" + name)
                                .uri("smtp://" + name);
                    case NAME_WITH_A_TAIL -> trusted.order(name).dnsNames(name + ".evil.test");
                    case NAME_WITH_A_NUL -> trusted.order(name).dnsNames(name + "\0.evil.test");
                };
        return Optional.ofNullable(order).map(CertificateOrder::issue);
    }

    /** A session of such a stranger, greeted with EHLO. */
    SmtpDialogue open(TestServer server, int port, String name, CertificateAuthority trusted) throws IOException {
        SmtpDialogue smtp = server.connect(port, Contoso.STRANGER);
        if (this != CLEAR_TEXT) {
            smtp.startTls(
                    credentials(name, trusted).map(TlsContexts::gullibleClient).orElseGet(TlsContexts::gullibleClient));
            smtp.send("EHLO client.test").expect("250");
        }
        return smtp;
    }
}
