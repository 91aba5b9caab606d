package org.mailflow.core.tls;

/**
 * The TLS session that a mail came over.
 *
 * @param version as JSSE names it: {@code TLSv1.3}
 * @param cipher the cipher suite
 */
public record TlsSession(String version, String cipher) {}
