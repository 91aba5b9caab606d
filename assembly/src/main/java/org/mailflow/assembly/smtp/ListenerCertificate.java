package org.mailflow.assembly.smtp;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.protocols.lib.SslConfig;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PEM files of one listener. A pair that cannot be used (half written, or a key without its certificate) leaves the old
 * one in place; that is told once, and the files are tried again.
 */
public final class ListenerCertificate {
    private static final Logger LOGGER = LoggerFactory.getLogger(ListenerCertificate.class);

    /**
     * What a listener presents.
     *
     * @param port its port
     * @param file its PEM file
     * @param chain the certificate first, then its intermediates; empty where it could not be read since the start
     * @param trouble why the files cannot be taken as they are now
     */
    public record InUse(int port, String file, List<X509Certificate> chain, Optional<String> trouble) {
        /** Copies the chain. */
        public InUse {
            chain = List.copyOf(chain);
        }
    }

    private final AbstractConfigurableAsyncServer listener;
    private final SslConfig tls;
    private final FileSystem files;
    private Optional<HashCode> taken = Optional.empty();
    private volatile List<X509Certificate> chain = List.of();
    private volatile Optional<String> told = Optional.empty();

    ListenerCertificate(AbstractConfigurableAsyncServer listener, SslConfig tls, FileSystem files) {
        this.listener = listener;
        this.tls = tls;
        this.files = files;
        Optional<HashCode> there = fingerprint();
        try {
            chain = ListenerIdentity.load(tls, files).chain();
            taken = there;
        } catch (IOException | GeneralSecurityException e) {
            // The listener has read them a moment ago, so they are being written: looked at again.
            tell(String.valueOf(e.getMessage()));
        }
    }

    InUse inUse() {
        return new InUse(port(), tls.getCertificates(), chain, told);
    }

    /** The port that it was given where any free one was asked for. */
    private int port() {
        return listener.getListenAddresses().stream()
                .findFirst()
                .map(InetSocketAddress::getPort)
                .orElse(0);
    }

    /** Takes the files where they are others than before, and in order. */
    void look() {
        Optional<HashCode> there = fingerprint();
        if (there.isPresent() && there.equals(taken)) {
            told = Optional.empty();
            return;
        }
        try {
            ListenerIdentity identity = ListenerIdentity.load(tls, files);
            listener.reloadSSLCertificate();
            LOGGER.info(
                    "The listener on port {} has a renewed certificate: valid until {}",
                    port(),
                    identity.chain().get(0).getNotAfter().toInstant());
            // Files that were written meanwhile are others, and are looked at again.
            chain = identity.chain();
            taken = there;
            told = Optional.empty();
        } catch (Exception e) {
            tell(String.valueOf(e.getMessage()));
        }
    }

    private void tell(String trouble) {
        if (!told.equals(Optional.of(trouble))) {
            LOGGER.warn(
                    "The certificate of the listener on port {} cannot be renewed, the old one goes on: {}",
                    port(),
                    trouble);
            told = Optional.of(trouble);
        }
    }

    /** Empty where a file cannot be read. */
    private Optional<HashCode> fingerprint() {
        Hasher hasher = Hashing.sha256().newHasher();
        for (String file : List.of(tls.getCertificates(), tls.getPrivateKey())) {
            try (InputStream content = files.getResource(file)) {
                hasher.putBytes(content.readAllBytes()).putChar('\n');
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.of(hasher.hash());
    }
}
