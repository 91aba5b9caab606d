package org.mailflow.core.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * What the files of a certificate have to say now.
 *
 * @param certificate the certificate to go on with: the renewed one, or the old one
 * @param isRenewed whether the files have another one than before
 * @param trouble why they cannot be used; empty where they can
 */
public record CertificateRenewal(ServerCertificate certificate, boolean isRenewed, Optional<String> trouble) {

    /** Reads the files of a certificate anew. */
    static CertificateRenewal read(ServerCertificate old, PemPair files) {
        try {
            PemPair.Content content = files.read();
            boolean same = content.chain().equals(old.chain()) && content.key().equals(old.key());
            return new CertificateRenewal(same ? old : old.renewed(content), !same, Optional.empty());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return new CertificateRenewal(old, false, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** The renewal of a certificate, if its files have one. */
    public static CertificateRenewal of(ServerCertificate old) {
        return old.files()
                .map(files -> read(old, files))
                .orElseGet(() -> new CertificateRenewal(old, false, Optional.empty()));
    }

    /** Whether anything is new, good or bad. */
    public boolean isWorthTelling() {
        return isRenewed || trouble.isPresent();
    }

    /** In words for a log. */
    @Override
    public String toString() {
        return trouble.map(why -> "certificate " + certificate + " cannot be renewed, the old one goes on: " + why)
                .orElseGet(() -> "certificate " + certificate
                        + (isRenewed
                                ? " is renewed: valid until "
                                        + certificate
                                                .chain()
                                                .get(0)
                                                .getNotAfter()
                                                .toInstant()
                                : " is as it was"));
    }
}
