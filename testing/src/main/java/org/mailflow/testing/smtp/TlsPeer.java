package org.mailflow.testing.smtp;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What TLS told about the other side.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param cipher for example {@code TLS_AES_256_GCM_SHA384}
 * @param chain the certificates that were presented, leaf first, verified by nobody; empty for none
 */
public record TlsPeer(String protocol, String cipher, List<X509Certificate> chain) {
    public TlsPeer {
        chain = List.copyOf(chain);
    }

    static TlsPeer of(SSLSession session) {
        return new TlsPeer(session.getProtocol(), session.getCipherSuite(), chain(session));
    }

    private static List<X509Certificate> chain(SSLSession session) {
        try {
            Certificate[] presented = session.getPeerCertificates();
            return Arrays.stream(presented).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }
}
