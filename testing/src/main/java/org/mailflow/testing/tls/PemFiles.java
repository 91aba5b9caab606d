package org.mailflow.testing.tls;

import java.nio.file.Path;

/**
 * Where credentials were written.
 *
 * @param certificates the chain, leaf first
 * @param key the private key, PKCS #8 without a pass phrase
 */
public record PemFiles(Path certificates, Path key) {}
