package org.mailflow.integration;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;

/**
 * A hybrid deployment: two servers of ours on the configurations that are shipped, Chris' mailbox on-premises and David's
 * in the cloud; and the internet, where Erin is. Each side believes the other's certificate alone.
 */
final class TwoPremises implements AutoCloseable {

    private static final String LOCALHOST = "127.0.0.1";
    private static final int OK = 200;

    private final LoopbackDns dns = LoopbackDns.start();
    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final SmtpSink internet;
    private final Map<Side, Path> configurations = new EnumMap<>(Side.class);
    private final Map<Side, TestServer> servers = new EnumMap<>(Side.class);

    /** What a test changes in the configuration that is shipped for a side. */
    @FunctionalInterface
    interface Change {
        /** Changes the copy in this directory. */
        void make(Side side, Path configuration) throws IOException;
    }

    /**
     * Starts both sides, as they are shipped.
     *
     * @param directory where they keep their configurations and data
     */
    TwoPremises(Path directory) throws Exception {
        this(directory, (side, configuration) -> {});
    }

    /**
     * Starts both sides.
     *
     * @param directory where they keep their configurations and data
     * @param change to each side's configuration
     */
    TwoPremises(Path directory, Change change) throws Exception {
        internet = SmtpSink.builder()
                .hostName("mail.cpandl.com")
                .addresses(Contoso.CPANDL)
                .start();
        dns.mx("cpandl.com", 10, "mail.cpandl.com").a("mail.cpandl.com", Contoso.CPANDL);
        Map<Side, Integer> ports = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            dns.a(side.host(), LOCALHOST);
            ports.put(side, FreePort.at(LOCALHOST));
        }
        for (Side side : Side.values()) {
            Path own = directory.resolve(side.certificateFile());
            Path configuration = ConfigurationCopy.of(side.configuration(), own.resolve("conf"));
            change.make(side, configuration);
            Environment environment = Environment.of(side, own.resolve("certs"), authority, dns)
                    .with("MAILFLOW_SMTP_BIND", LOCALHOST + ":" + ports.get(side))
                    .with(side.other().variable("PORT"), String.valueOf(ports.get(side.other())))
                    .withMailExchanger(internet);
            configurations.put(side, configuration);
            servers.put(side, TestServer.start(configuration, own.resolve("data"), environment, user(side)));
        }
    }

    /** Who has a mailbox at a side. */
    static String user(Side side) {
        return side == Side.CLOUD ? Contoso.DAVID : Contoso.CHRIS;
    }

    TestServer server(Side side) {
        return requireNonNull(servers.get(side));
    }

    /** Who certified both sides, and whom both believe. */
    CertificateAuthority authority() {
        return authority;
    }

    SmtpSink internet() {
        return internet;
    }

    /** Lets contoso.com's mail from the internet come to a side. */
    void pointMxTo(Side side) {
        dns.remove("contoso.com", "MX").mx("contoso.com", 10, side.host());
    }

    /** Switches a setting of a side as an administrator does: one line in mailflow.env, and a reload. */
    void set(Side side, String variable, boolean value) throws IOException, InterruptedException {
        Path variables = requireNonNull(configurations.get(side)).resolve("mailflow.env");
        List<String> lines = Files.readAllLines(variables).stream()
                .filter(line -> !line.startsWith(variable + "="))
                .collect(Collectors.toCollection(ArrayList::new));
        lines.add(variable + "=" + value);
        Files.write(variables, lines);
        HttpResponse<String> response = server(side).webAdmin().reload();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(OK);
    }

    /** Switches centralized mail transport, which is the cloud's to do. */
    void centralizeTransport(boolean on) throws IOException, InterruptedException {
        set(Side.CLOUD, "MAILFLOW_CENTRALIZED_TRANSPORT", on);
    }

    /** A session with a side of who sends this mail: a user of ours, or somebody on the internet. */
    SmtpDialogue session(String sender, Side entrance) throws IOException {
        return sender.equals(Contoso.ERIN)
                ? server(entrance).connect(Contoso.STRANGER)
                : Submission.open(server(entrance), Contoso.DESK, sender);
    }

    /** Everything that each side tells of its mails, by Message-ID. */
    Map<String, Map<Side, List<MailEvent>>> events() throws IOException {
        Map<String, Map<Side, List<MailEvent>>> events = new HashMap<>();
        for (Map.Entry<Side, TestServer> one : servers.entrySet()) {
            one.getValue().events(event -> true).forEach(event -> events.computeIfAbsent(
                            event.messageId().orElse(""), id -> new EnumMap<>(Side.class))
                    .computeIfAbsent(one.getKey(), side -> new ArrayList<>())
                    .add(event));
        }
        return events;
    }

    /** How many mails are queued at both sides together. */
    long queuedMails() throws Exception {
        long queued = 0;
        for (TestServer server : servers.values()) {
            queued += server.queuedMails();
        }
        return queued;
    }

    @Override
    public void close() throws IOException {
        for (TestServer server : servers.values()) {
            server.close();
        }
        internet.close();
        dns.close();
    }
}
