package org.mailflow.smtp;

import javax.net.ssl.SSLContext;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.TlsContexts;

/** Who may come with which certificate. Made once: keys take time. */
final class Certificates {

    static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Trusted by the tests");
    static final CertificateAuthority IMPOSTOR = CertificateAuthority.create("Trusted by the tests");

    static final SSLContext SERVER = TlsContexts.server(AUTHORITY.issue(Organizations.FQDN));
    static final SSLContext NO_CERTIFICATE = TlsContexts.gullibleClient();
    static final SSLContext OTHER_PREMISES = TlsContexts.gullibleClient(AUTHORITY.issue(Organizations.OTHER_PREMISES));
    static final SSLContext FORGED_OTHER_PREMISES =
            TlsContexts.gullibleClient(IMPOSTOR.issue(Organizations.OTHER_PREMISES));
    static final SSLContext EXPIRED_OTHER_PREMISES = TlsContexts.gullibleClient(AUTHORITY
            .order(Organizations.OTHER_PREMISES)
            .dnsNames(Organizations.OTHER_PREMISES)
            .expired()
            .issue());
    static final SSLContext COMMON_NAME_ONLY = TlsContexts.gullibleClient(
            AUTHORITY.order(Organizations.OTHER_PREMISES).issue());
    static final SSLContext SOMEBODY_ELSE = TlsContexts.gullibleClient(AUTHORITY.issue("mail.attacker.example"));
    static final SSLContext TAILSPIN = TlsContexts.gullibleClient(AUTHORITY.issue("mail.tailspin.com"));

    private Certificates() {}
}
