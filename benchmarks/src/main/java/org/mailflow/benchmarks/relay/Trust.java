package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;
import org.mailflow.testing.tls.TlsContexts;

/** The private authority that all servers believe, and what the smart hosts prove their name with: EC P-256. */
final class Trust {

    /** The name that the smart hosts prove. */
    static final String SMART_HOST = "sink.test";

    private final CertificateAuthority authority = CertificateAuthority.create("Relay benchmark");
    // JavaMail compares with what it connected to, and knows addresses in DNS names only.
    private final Credentials smartHost = authority
            .order(SMART_HOST)
            .dnsNames(SMART_HOST, "127.0.0.1")
            .ipAddress("127.0.0.1")
            .issue();

    SSLContext smartHost() {
        return TlsContexts.server(smartHost);
    }

    CertificateAuthority authority() {
        return authority;
    }

    /** Writes the authority's certificate. */
    Path writeAuthority(Path file) throws IOException {
        return authority.writeCertificate(file);
    }
}
