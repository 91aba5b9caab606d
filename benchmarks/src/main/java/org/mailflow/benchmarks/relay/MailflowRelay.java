package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** This project's server, as it is started by its launcher, on the shipped configuration of a gateway. */
final class MailflowRelay implements RelaySystem {

    private static final String ANY_PORT = "127.0.0.1:0";
    private static final String HOST = "mail.contoso.com";

    private final JavaProcess process;
    private final Path data;
    private final Properties ports = new Properties();

    private MailflowRelay(JavaProcess process, Path data) {
        this.process = process;
        this.data = data;
    }

    /**
     * Starts it.
     *
     * @param directory for everything that belongs to it; empty
     * @param program what runs Java; empty for nothing between
     */
    static MailflowRelay start(Installation installation, Setting setting, Path directory, List<String> program)
            throws IOException {
        Path configuration = configure(installation.shippedConfiguration(), setting.links(), directory.resolve("conf"));
        Path data = Files.createDirectories(directory.resolve("data"));
        List<String> command = new ArrayList<>(program);
        command.add(JavaProcess.java());
        command.addAll(installation.javaOptions());
        command.addAll(List.of("-cp", installation.classPath(), "org.mailflow.assembly.Main", "run"));
        command.addAll(List.of("--conf", configuration.toString(), "--data", data.toString()));
        JavaProcess process = JavaProcess.launch(
                command, directory, environment(setting, directory), directory.resolve("server.log"));
        MailflowRelay relay = new MailflowRelay(process, data);
        try {
            Path file = data.resolve("ports.properties");
            process.awaitStart(() -> Files.exists(file));
            try (Reader reader = Files.newBufferedReader(file)) {
                relay.ports.load(reader);
            }
            return relay;
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    /** The shipped files, with a mailflow.xml that says who may relay, and where to. */
    private static Path configure(Path shipped, List<Link> links, Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(shipped)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (Link link : links) {
            text.append(connector(link));
        }
        Files.writeString(
                directory.resolve("mailflow.xml"),
                """
                <mailflow>
                  <server>
                    <fqdn>${env:MAILFLOW_FQDN}</fqdn>
                    <trustedCertificates>${env:MAILFLOW_TRUSTED}</trustedCertificates>
                  </server>
                  <organization name="contoso" premises="onPremises">
                    <acceptedDomain name="%s" type="authoritative"/>
                    <recipients>
                      <file>recipients.csv</file>
                    </recipients>
                    <inboundConnector name="Our servers">
                      <connectorType>onPremises</connectorType>
                      <senderIPAddresses>127.0.0.1</senderIPAddresses>
                    </inboundConnector>
                %s  </organization>
                </mailflow>
                """
                        .formatted(Senders.DOMAIN, text));
        return directory;
    }

    private static String connector(Link link) {
        String tls = link.way().tls()
                ? "      <tlsSettings>domainValidation</tlsSettings>\n      <tlsDomain>%s</tlsDomain>\n"
                        .formatted(Trust.SMART_HOST)
                : "";
        return """
                    <outboundConnector name="%s">
                      <connectorType>partner</connectorType>
                      <recipientDomains>%s</recipientDomains>
                      <useMXRecord>false</useMXRecord>
                      <smartHosts>[127.0.0.1]:%d</smartHosts>
                %s    </outboundConnector>
                """
                .formatted(
                        link.way().name(), link.isDefault() ? "*" : link.way().domain(), link.port(), tls);
    }

    private static Map<String, String> environment(Setting setting, Path directory) throws IOException {
        Path certificates = Files.createDirectories(directory.resolve("certs"));
        Files.move(
                setting.trust()
                        .authority()
                        .issue(HOST)
                        .writePem(certificates, "mail")
                        .certificates(),
                certificates.resolve("mail.pem"));
        Map<String, String> environment = new HashMap<>();
        environment.put("MAILFLOW_FQDN", HOST);
        environment.put("MAILFLOW_SMTP_BIND", ANY_PORT);
        environment.put("MAILFLOW_SUBMISSION_BIND", ANY_PORT);
        environment.put("MAILFLOW_WEBADMIN", "true");
        environment.put("MAILFLOW_WEBADMIN_PORT", "0");
        environment.put("MAILFLOW_DNS_SERVER", setting.nameServer());
        environment.put("MAILFLOW_CERTS", certificates.toString());
        environment.put(
                "MAILFLOW_TRUSTED",
                setting.trust()
                        .writeAuthority(certificates.resolve("authority.pem"))
                        .toString());
        return environment;
    }

    @Override
    public int port() {
        return Integer.parseInt(ports.getProperty("smtp").split(",", -1)[0]);
    }

    @Override
    public ProcessTree processes() {
        return process.tree();
    }

    @Override
    public void retryNow() throws IOException, InterruptedException {
        URI retry = URI.create("http://127.0.0.1:" + ports.getProperty("webadmin") + "/mailflow/queues/mails/retry");
        HttpRequest request = HttpRequest.newBuilder(retry)
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(data.resolve("webadmin.token"))
                                        .strip())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"mails\":{},\"all\":true}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("the retry was answered with " + response.statusCode() + ": " + response.body());
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
