package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.model.Mailflow;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.python.RawSession;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;

/**
 * A server with every kind of inbound connector (the test resource {@code frontdoor}), in the frame of a shipped configuration,
 * and one sink for whatever leaves it. It listens for servers, for people, and for people with TLS from the first byte on.
 */
final class FrontDoorServer implements AutoCloseable {

    /** Users that may log in, and have a mailbox. */
    static final String[] USERS = {"chris@contoso.com", "ann@fabrikam.com", "wendy@wingtip.test"};

    /** The acceptance table. */
    static final String TABLE = "src/test/resources/frontdoor/acceptance.csv";

    private static final Path RESOURCES = Path.of("src", "test", "resources", "frontdoor");

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final LoopbackDns dns = LoopbackDns.start();
    private final SmtpSink world = SmtpSink.builder().addresses(Contoso.CPANDL).start();
    private final Environment environment;
    private final Path configuration;
    private final TestServer server;

    FrontDoorServer(Path directory) throws Exception {
        configuration = ConfigurationCopy.of(Side.ON_PREMISES.configuration(), directory.resolve("conf"));
        ConfigurationCopy.of(RESOURCES, configuration);
        environment = Environment.of(Side.ON_PREMISES, directory.resolve("certs"), authority, dns)
                .with("MAILFLOW_FQDN", "gateway.test")
                .with("MAILFLOW_SUBMISSIONS", "true")
                .with("MAILFLOW_SUBMISSIONS_BIND", "127.0.0.1:0")
                .with("SINK_PORT", Integer.toString(world.port()))
                .withMailExchanger(world);
        server = TestServer.start(configuration, directory.resolve("data"), environment, USERS);
    }

    TestServer server() {
        return server;
    }

    /** What the server decides on, read for core alone. */
    Mailflow mailflow() {
        Configuration read = new MailflowXml(
                        configuration.resolve("mailflow.xml"), environment.variables(), Clock.systemUTC())
                .read(1);
        assertThat(read.errors()).isEmpty();
        return read.mailflow().orElseThrow();
    }

    /** Whom the server believes. */
    CertificateAuthority authority() {
        return authority;
    }

    /** Where everything comes to that leaves the server. */
    SmtpSink world() {
        return world;
    }

    /** A session in Python with the port for servers, greeted with EHLO. */
    RawSession raw(String from) {
        return raw(server.port(), from).say("EHLO client.test");
    }

    /** A session in Python with a port of this server, that has read the greeting. */
    RawSession raw(int port, String from) {
        return RawSession.to("127.0.0.1", port).from(from).read(1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        world.close();
        dns.close();
    }
}
