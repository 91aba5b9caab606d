package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.ServerElements.CERTIFICATE_FILE;
import static org.mailflow.core.config.settings.ServerElements.PRIVATE_KEY_FILE;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.mailflow.core.config.reading.Draft;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.tls.KeyPairs;
import org.mailflow.core.tls.ServerCertificate;

/** The server's certificates fit their keys, and are valid for a while. */
final class CertificateChecks {

    private static final Duration SOON = Duration.ofDays(30);

    private CertificateChecks() {}

    static void run(MailflowDraft draft) {
        draft.server().certificates().forEach(certificate -> {
            keyFits(certificate);
            dates(certificate.value().chain().get(0), certificate.section());
        });
        draft.server()
                .exposedKeys()
                .forEach(section -> section.warning(
                        PRIVATE_KEY_FILE, "is readable by every user of this machine", "Run: chmod o-rwx on the file"));
    }

    private static void keyFits(Draft<ServerCertificate> draft) {
        ServerCertificate certificate = draft.value();
        if (KeyPairs.fit(certificate.chain().get(0).getPublicKey(), certificate.key())) {
            return;
        }
        boolean later =
                certificate.chain().stream().anyMatch(other -> KeyPairs.fit(other.getPublicKey(), certificate.key()));
        draft.section()
                .error(
                        PRIVATE_KEY_FILE,
                        "is not the key of the certificate",
                        later
                                ? "Put the server's own certificate first in certificateFile"
                                : "Name the key that the certificate was requested with");
    }

    private static void dates(X509Certificate certificate, Section section) {
        Instant end = certificate.getNotAfter().toInstant();
        Instant begin = certificate.getNotBefore().toInstant();
        if (section.now().isAfter(end)) {
            section.warning(CERTIFICATE_FILE, "expired on " + end + ": peers will refuse it", "Renew it");
        } else if (section.now().plus(SOON).isAfter(end)) {
            section.warning(CERTIFICATE_FILE, "expires on " + end, "Renew it before then");
        } else if (section.now().isBefore(begin)) {
            section.warning(
                    CERTIFICATE_FILE, "is not valid before " + begin + ": peers will refuse it", "Check the clock");
        }
    }
}
