package org.mailflow.integration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;

/** A server of one organization (the test resource {@code firewall}), with sinks in the place of the other premises and of the internet. */
final class FirewallServer implements AutoCloseable {

    private static final Path RESOURCES = Path.of("src", "test", "resources", "firewall");

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final LoopbackDns dns = LoopbackDns.start();
    private final SmtpSink cloud;
    private final SmtpSink internet;
    private final TestServer server;

    FirewallServer(Path directory) throws Exception {
        cloud = SmtpSink.builder()
                .addresses(Contoso.CPANDL)
                .tls(authority.issue("cloud.contoso.com"))
                .askForClientCertificate()
                .start();
        internet = SmtpSink.builder().addresses(Contoso.CPANDL).start();
        Path configuration = ConfigurationCopy.of(Side.ON_PREMISES.configuration(), directory.resolve("conf"));
        ConfigurationCopy.of(RESOURCES, configuration);
        dns.mx("outside.contoso.com", 10, "mx.outside.test").a("mx.outside.test", Contoso.CPANDL);
        Environment environment = Environment.of(Side.ON_PREMISES, directory.resolve("certs"), authority, dns)
                .with("MAILFLOW_FQDN", "gateway.test")
                .with("CLOUD_PORT", Integer.toString(cloud.port()))
                .withMailExchanger(internet);
        server = TestServer.start(
                configuration,
                directory.resolve("data"),
                environment,
                Arrays.stream(ForgerySource.values())
                        .map(ForgerySource::mailbox)
                        .toArray(String[]::new));
    }

    TestServer server() {
        return server;
    }

    /** Whom it believes. */
    CertificateAuthority authority() {
        return authority;
    }

    /** The other premises, which prove their name. */
    SmtpSink cloud() {
        return cloud;
    }

    /** Everybody else. */
    SmtpSink internet() {
        return internet;
    }

    @Override
    public void close() throws IOException {
        server.close();
        cloud.close();
        internet.close();
        dns.close();
    }
}
