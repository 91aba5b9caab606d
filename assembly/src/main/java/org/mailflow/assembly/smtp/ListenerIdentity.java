package org.mailflow.assembly.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import nl.altindag.ssl.util.PemUtils;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.protocols.lib.SslConfig;
import org.mailflow.core.tls.KeyPairs;

/**
 * Who a listener is: the PEM files that its {@code <tls>} names.
 *
 * @param chain the certificate first, then its intermediates
 * @param key its private key
 */
record ListenerIdentity(List<X509Certificate> chain, PrivateKey key) {
    private static final char[] IN_MEMORY_ONLY = "in memory only".toCharArray();

    ListenerIdentity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads what {@code <tls>} names.
     *
     * @param tls the parsed {@code <tls>} element of a listener, with {@code privateKey} and {@code certificates}
     * @throws IOException where a file cannot be read
     * @throws GeneralSecurityException where key or certificates make no sense, or do not belong together
     */
    static ListenerIdentity load(SslConfig tls, FileSystem files) throws IOException, GeneralSecurityException {
        if (tls.getPrivateKey() == null || tls.getCertificates() == null) {
            throw new IOException(
                    "<tls> needs <privateKey> and <certificates>, both PEM files; key stores are not read");
        }
        char[] secret =
                Optional.ofNullable(tls.getSecret()).map(String::toCharArray).orElse(null);
        try (InputStream certificates = files.getResource(tls.getCertificates());
                InputStream key = files.getResource(tls.getPrivateKey())) {
            ListenerIdentity identity =
                    new ListenerIdentity(PemUtils.loadCertificate(certificates), PemUtils.loadPrivateKey(key, secret));
            identity.check(tls);
            return identity;
        } catch (RuntimeException e) {
            throw new GeneralSecurityException(
                    tls.getCertificates() + " or " + tls.getPrivateKey() + " makes no sense: " + e.getMessage(), e);
        }
    }

    private void check(SslConfig tls) throws InvalidKeyException {
        if (chain.isEmpty() || !KeyPairs.fit(chain.get(0).getPublicKey(), key)) {
            throw new InvalidKeyException(
                    tls.getPrivateKey() + " is not the key of the first certificate in " + tls.getCertificates());
        }
    }

    /** Shows this identity to clients. */
    KeyManager[] keyManagers() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("listener", key, IN_MEMORY_ONLY, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY_ONLY);
        return factory.getKeyManagers();
    }
}
