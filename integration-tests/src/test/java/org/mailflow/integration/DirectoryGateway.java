package org.mailflow.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.ldap.Slapd;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;

/** A gateway that asks a real directory server who its recipients are, and a sink in the place of their mailboxes. */
final class DirectoryGateway implements AutoCloseable {

    private static final String MAILBOXES = "127.0.0.4";
    private static final Path RESOURCES = Path.of("src", "test", "resources", "directory");

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final LoopbackDns dns = LoopbackDns.start();
    private final SmtpSink mailboxes = SmtpSink.builder()
            .addresses(MAILBOXES)
            .tls(authority.issue("exchange.contoso.com"))
            .start();
    private final Slapd slapd;
    private final TestServer server;

    DirectoryGateway(Path directory, String entries, String... users) throws Exception {
        slapd = Slapd.start(authority, entries);
        Path configuration = ConfigurationCopy.of(Side.ON_PREMISES.configuration(), directory.resolve("conf"));
        ConfigurationCopy.of(RESOURCES, configuration);
        routeAgainSoon(configuration.resolve("mailetcontainer.xml"));
        Environment environment = Environment.of(Side.ON_PREMISES, directory.resolve("certs"), authority, dns)
                .with("LDAP_URL", slapd.url())
                .with("EXCHANGE_PORT", Integer.toString(mailboxes.port()));
        server = TestServer.start(configuration, directory.resolve("data"), environment, users);
    }

    /** As shipped, mail whose recipients cannot be told waits for minutes. */
    private static void routeAgainSoon(Path container) throws IOException {
        String text = Files.readString(container);
        String mailet = "class=\"org.mailflow.mailets.SelectConnector\">";
        Files.writeString(container, text.replace(mailet, mailet + "<waitIntervals>2s</waitIntervals>"));
    }

    Slapd slapd() {
        return slapd;
    }

    TestServer server() {
        return server;
    }

    SmtpSink mailboxes() {
        return mailboxes;
    }

    @Override
    public void close() throws IOException {
        server.close();
        mailboxes.close();
        slapd.close();
        dns.close();
    }
}
