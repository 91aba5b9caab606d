package org.mailflow.core.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.mailflow.core.config.Location;

/**
 * A certificate of this server, with its key.
 *
 * @param name what connectors call it (cmdlet parameter TlsCertificateName)
 * @param chain the certificate first, then its intermediates
 * @param key its private key
 * @param location where it is configured
 */
public record ServerCertificate(String name, List<X509Certificate> chain, PrivateKey key, Location location) {

    /** Copies the chain. */
    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /** The name alone: a key has no place in a log. */
    @Override
    public String toString() {
        return name;
    }
}
