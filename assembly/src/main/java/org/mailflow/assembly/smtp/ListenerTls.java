package org.mailflow.assembly.smtp;

import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.protocols.api.ClientAuth;
import org.apache.james.protocols.lib.SslConfig;
import org.apache.james.protocols.netty.Encryption;

/**
 * The TLS of a listener: its own key from PEM files, TLS 1.2 and later, and a client certificate that is asked for but not
 * demanded (stock James can only demand one or ignore it). No connection resumes the TLS session of another: who a client is
 * must be proved in each, by a certificate that is valid then.
 */
final class ListenerTls implements Encryption {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    private static final long HANDSHAKE_SECONDS = 60;

    private static final TrustManager[] ANY_CERTIFICATE = {new AnyCertificate()};

    private final KeyManager[] keys;
    private final boolean startTls;
    private final String[] ciphers;

    private ListenerTls(KeyManager[] keys, boolean startTls, String[] ciphers) {
        this.keys = keys.clone();
        this.startTls = startTls;
        this.ciphers = ciphers.clone();
    }

    /**
     * Reads what {@code <tls>} names.
     *
     * @param tls the parsed {@code <tls>} element of a listener, with {@code privateKey} and {@code certificates}
     * @throws IOException where a file cannot be read
     * @throws GeneralSecurityException where key or certificates make no sense
     */
    static ListenerTls load(SslConfig tls, FileSystem files) throws IOException, GeneralSecurityException {
        KeyManager[] keys = ListenerIdentity.load(tls, files).keyManagers();
        // What cannot be used is to be told of now, not at the first connection.
        context(keys);
        return new ListenerTls(keys, tls.useStartTLS(), tls.getEnabledCipherSuites());
    }

    /** Sessions are resumed within a context only, by ticket or by number. */
    private static SSLContext context(KeyManager[] keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, ANY_CERTIFICATE, null);
        return context;
    }

    @Override
    public boolean isStartTLS() {
        return startTls;
    }

    @Override
    public boolean supportsEncryption() {
        return true;
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return ciphers.clone();
    }

    @Override
    public ClientAuth getClientAuth() {
        return ClientAuth.WANT;
    }

    @Override
    public SslHandler sslHandler() {
        SSLEngine engine = engine();
        engine.setUseClientMode(false);
        engine.setWantClientAuth(true);
        engine.setEnabledProtocols(PROTOCOLS.toArray(String[]::new));
        if (ciphers.length > 0) {
            engine.setEnabledCipherSuites(ciphers);
        }
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        return handler;
    }

    private SSLEngine engine() {
        try {
            return context(keys).createSSLEngine();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a context of TLS that could be made before cannot be made now", e);
        }
    }
}
