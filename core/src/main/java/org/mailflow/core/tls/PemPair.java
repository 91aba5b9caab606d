package org.mailflow.core.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The files of a certificate and its key.
 *
 * @param certificateFile PEM: the certificate first, then its intermediates
 * @param privateKeyFile PEM: the key, not encrypted
 */
public record PemPair(Path certificateFile, Path privateKeyFile) {

    /**
     * What they hold.
     *
     * @param chain the certificate first
     * @param key the key of the first
     */
    record Content(List<X509Certificate> chain, PrivateKey key) {
        Content {
            chain = List.copyOf(chain);
        }
    }

    /**
     * Reads both.
     *
     * @throws IOException where one cannot be read
     * @throws GeneralSecurityException where one makes no sense, as while it is being written, or they do not belong together
     */
    Content read() throws IOException, GeneralSecurityException {
        Content content = new Content(PemFiles.certificates(certificateFile), PemFiles.privateKey(privateKeyFile));
        if (!KeyPairs.fit(content.chain().get(0).getPublicKey(), content.key())) {
            throw new InvalidKeyException(privateKeyFile.getFileName() + " is not the key of the certificate in "
                    + certificateFile.getFileName());
        }
        return content;
    }
}
