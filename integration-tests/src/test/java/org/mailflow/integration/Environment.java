package org.mailflow.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;

/** What an administrator sets for a server on a shipped configuration, by its variables: here, to stay on loopback. */
final class Environment {

    private static final String ANY_PORT = "127.0.0.1:0";

    private final Map<String, String> variables = new HashMap<>();

    private Environment() {}

    /**
     * The variables of one side, with a certificate in its name; it believes this authority alone.
     *
     * @param directory where the certificate is written
     */
    static Environment of(Side side, Path directory, CertificateAuthority authority, LoopbackDns dns)
            throws IOException {
        Files.createDirectories(directory);
        Path chain = authority
                .issue(side.host())
                .writePem(directory, side.certificateFile())
                .certificates();
        Files.move(chain, directory.resolve(side.certificateFile() + ".pem"));
        Path trusted = authority.writeCertificate(directory.resolve("authority.pem"));
        return new Environment()
                .with("MAILFLOW_FQDN", side.host())
                .with("MAILFLOW_SMTP_BIND", ANY_PORT)
                .with("MAILFLOW_SUBMISSION_BIND", ANY_PORT)
                .with("MAILFLOW_IMAP", "true")
                .with("MAILFLOW_IMAP_BIND", ANY_PORT)
                .with("MAILFLOW_WEBADMIN", "true")
                .with("MAILFLOW_WEBADMIN_PORT", "0")
                .with("MAILFLOW_DNS_SERVER", "127.0.0.1:" + dns.address().getPort())
                .with("MAILFLOW_CERTS", directory.toAbsolutePath().toString())
                .with("MAILFLOW_TRUSTED", trusted.toAbsolutePath().toString())
                .with(side.other().variable("HOST"), side.other().host())
                .with(side.other().variable("CERTIFICATE"), side.other().host())
                .with("MAILFLOW_CLOUD_SENDER_DOMAINS", "*");
    }

    Environment with(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Lets the hosts that MX records name listen on the port of this sink. */
    Environment withMailExchanger(SmtpSink sink) {
        return with("MAILFLOW_MX_PORT", Integer.toString(sink.port()));
    }

    Map<String, String> variables() {
        return Map.copyOf(variables);
    }
}
