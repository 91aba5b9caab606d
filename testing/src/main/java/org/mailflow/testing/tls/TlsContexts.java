package org.mailflow.testing.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS contexts for peers of a test. An identity is always presented, also where the other side did not name its issuer
 * among those it accepts: a test of what happens to the wrong certificate needs the wrong certificate to be sent.
 */
public final class TlsContexts {
    private static final KeyManager[] NO_IDENTITY = {};

    private TlsContexts() {}

    /** A server that completes the handshake with any client certificate, or none. */
    public static SSLContext server(Credentials identity) {
        return context(identity(identity), trustAnyone());
    }

    /** A server that breaks off the handshake with a client certificate of anybody but the authorities given. */
    public static SSLContext server(Credentials identity, CertificateAuthority... trusted) {
        return context(identity(identity), trust(trusted));
    }

    /** A client without a certificate that breaks off unless the server's chain ends at one of the authorities. */
    public static SSLContext client(CertificateAuthority... trusted) {
        return context(NO_IDENTITY, trust(trusted));
    }

    /** A client with a certificate that breaks off unless the server's chain ends at one of the authorities. */
    public static SSLContext client(Credentials identity, CertificateAuthority... trusted) {
        return context(identity(identity), trust(trusted));
    }

    /** A client without a certificate that talks to any server. */
    public static SSLContext gullibleClient() {
        return context(NO_IDENTITY, trustAnyone());
    }

    /** A client with a certificate that talks to any server. */
    public static SSLContext gullibleClient(Credentials identity) {
        return context(identity(identity), trustAnyone());
    }

    private static KeyManager[] identity(Credentials identity) {
        return new KeyManager[] {new OneIdentity(identity)};
    }

    private static TrustManager[] trustAnyone() {
        return new TrustManager[] {new TrustAnyone()};
    }

    private static TrustManager[] trust(CertificateAuthority... trusted) {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            for (int i = 0; i < trusted.length; i++) {
                anchors.setCertificateEntry("authority-" + i, trusted[i].certificate());
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot build a trust store", e);
        }
    }

    private static SSLContext context(KeyManager[] identity, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity, trust, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot build a TLS context", e);
        }
    }
}
