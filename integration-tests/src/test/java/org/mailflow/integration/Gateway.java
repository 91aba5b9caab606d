package org.mailflow.integration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;

/**
 * A server of several organizations with every kind of connector (the test resource {@code gateway}), in the frame of a
 * shipped configuration; and behind each outbound connector, and behind MX, a sink.
 */
final class Gateway implements AutoCloseable {

    /** Users that may log in. */
    static final String[] USERS = {"chris@contoso.com", "ann@fabrikam.com"};

    private static final String OUTSIDE = "127.0.0.4";
    private static final Path RESOURCES = Path.of("src", "test", "resources", "gateway");
    /** The variable of the port that each connector leads to. */
    private static final Map<String, String> CONNECTORS = Map.of(
            "contoso/To the cloud", "CLOUD_PORT",
            "contoso/To our servers", "INTERNAL_PORT",
            "contoso/To a laboratory", "LABORATORY_PORT",
            "contoso/Partner", "PARTNER_PORT",
            "contoso/Partner's departments", "DEPARTMENTS_PORT",
            "fabrikam/Everything", "EVERYTHING_PORT");

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final LoopbackDns dns = LoopbackDns.start();
    private final Map<String, SmtpSink> sinks = new LinkedHashMap<>();
    private final SmtpSink exchangers = sink();
    private final TestServer server;

    Gateway(Path directory) throws Exception {
        Path configuration = ConfigurationCopy.of(Side.ON_PREMISES.configuration(), directory.resolve("conf"));
        ConfigurationCopy.of(RESOURCES, configuration);
        Environment environment = Environment.of(Side.ON_PREMISES, directory.resolve("certs"), authority, dns)
                .with("MAILFLOW_FQDN", "gateway.test")
                .withMailExchanger(exchangers);
        for (Map.Entry<String, String> connector : CONNECTORS.entrySet()) {
            SmtpSink sink = sink();
            sinks.put(connector.getKey(), sink);
            environment.with(connector.getValue(), Integer.toString(sink.port()));
        }
        Stream.of("cpandl.com", "adatum.test", "wingtip.test", "fabrikam.com", "outside.contoso.com")
                .forEach(domain -> dns.mx(domain, 10, "mx." + domain).a("mx." + domain, OUTSIDE));
        server = TestServer.start(configuration, directory.resolve("data"), environment, USERS);
    }

    private SmtpSink sink() throws IOException {
        return SmtpSink.builder()
                .addresses(OUTSIDE)
                .tls(authority.issue("cloud.contoso.com"))
                .askForClientCertificate()
                .start();
    }

    TestServer server() {
        return server;
    }

    /** Whom the gateway believes. */
    CertificateAuthority authority() {
        return authority;
    }

    /** The sink behind a connector of this name, or behind MX for any other. */
    SmtpSink sinkOf(String connector) {
        return sinks.getOrDefault(connector, exchangers);
    }

    /** The copies of a mail outside, one text each: port and address. */
    Set<String> arrivals(TestMail mail) {
        Set<String> arrivals = new TreeSet<>();
        Stream.concat(sinks.values().stream(), Stream.of(exchangers)).forEach(sink -> mail.at(sink)
                .map(ReceivedMail::recipientAddresses)
                .forEach(addresses -> addresses.forEach(address -> arrivals.add(sink.port() + " " + address))));
        return arrivals;
    }

    @Override
    public void close() throws IOException {
        server.close();
        sinks.values().forEach(SmtpSink::close);
        exchangers.close();
        dns.close();
    }
}
