package org.mailflow.integration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.mailflow.testing.python.RawSession;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;

/** Who sends mail with header fields that only a server of ours may write. */
enum ForgerySource {
    /** Anybody, in clear text. */
    ANONYMOUS(Contoso.STRANGER, "x.test"),
    /** A partner, who proves that he is. */
    PARTNER("127.0.0.97", "northwind.test"),
    /** Somebody at an address of ours, with the other premises' name in a certificate of an authority that nobody trusts. */
    IMPOSTOR("127.0.0.16", "contoso.com"),
    /** Anybody over TLS, without a certificate. */
    NAMELESS("127.0.0.98", "x.test"),
    /** The other premises: its mail alone is believed. */
    CLOUD("127.0.0.4", "contoso.com");

    private static final String OTHER_PREMISES = "cloud.contoso.com";

    private final String address;
    private final String domain;

    ForgerySource(String address, String domain) {
        this.address = address;
        this.domain = domain;
    }

    /** Whose mailbox its mail goes to. */
    String mailbox() {
        return name().toLowerCase(Locale.ROOT) + "@contoso.com";
    }

    /** The domain of its mail's senders. */
    String domain() {
        return domain;
    }

    /** A session that was greeted, and is ready for mail. */
    RawSession open(int port, CertificateAuthority trusted, Path directory) throws IOException {
        RawSession session =
                RawSession.to("127.0.0.1", port).from(address).read(1).say("EHLO client.test");
        if (this == ANONYMOUS) {
            return session;
        }
        Optional<Credentials> identity =
                switch (this) {
                    case PARTNER -> Optional.of(trusted.issue("mail.northwind.test"));
                    case IMPOSTOR ->
                        Optional.of(
                                CertificateAuthority.create("Test authority").issue(OTHER_PREMISES));
                    case CLOUD -> Optional.of(trusted.issue(OTHER_PREMISES));
                    case ANONYMOUS, NAMELESS -> Optional.empty();
                };
        if (identity.isPresent()) {
            session.startTls(identity.get().writePem(directory, name()));
        } else {
            session.startTls();
        }
        return session.say("EHLO client.test");
    }

    /** How many replies come before the first mail. */
    int repliesBefore() {
        return this == ANONYMOUS ? 2 : 4;
    }
}
