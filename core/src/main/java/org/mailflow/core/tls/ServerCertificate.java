package org.mailflow.core.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.config.Location;

/**
 * A certificate of this server, with its key.
 *
 * @param name what connectors call it (cmdlet parameter TlsCertificateName)
 * @param chain the certificate first, then its intermediates
 * @param key its private key
 * @param location where it is configured
 * @param files where it was read from, and is renewed; empty where it is from no files
 */
public record ServerCertificate(
        String name, List<X509Certificate> chain, PrivateKey key, Location location, Optional<PemPair> files) {

    /** A certificate from no files. */
    public ServerCertificate(String name, List<X509Certificate> chain, PrivateKey key, Location location) {
        this(name, chain, key, location, Optional.empty());
    }

    /** Copies the chain. */
    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /** The same one with what its files have now. */
    ServerCertificate renewed(PemPair.Content content) {
        return new ServerCertificate(name, content.chain(), content.key(), location, files);
    }

    /** The name alone: a key has no place in a log. */
    @Override
    public String toString() {
        return name;
    }
}
