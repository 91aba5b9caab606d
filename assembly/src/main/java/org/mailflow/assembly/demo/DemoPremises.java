package org.mailflow.assembly.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import javax.net.ssl.SSLContext;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.mailflow.assembly.MailflowServer;
import org.mailflow.assembly.ServerDirectories;
import org.mailflow.assembly.demo.MailSender.Login;
import org.mailflow.assembly.demo.MailSender.RefusedException;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.environment.EnvironmentFile;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailLog;
import org.mailflow.core.operation.MailFilter;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.QueueOperations;
import org.mailflow.testing.tls.TlsContexts;

/** One side of contoso.com: a whole server on the configuration that is shipped for that side, and one user of it. */
final class DemoPremises implements AutoCloseable {

    private static final int SUBMISSION = 1;
    private static final String CENTRALIZED_TRANSPORT = "MAILFLOW_CENTRALIZED_TRANSPORT=";

    private final Place place;
    private final MailflowServer server;
    private final InetSocketAddress submission;
    private final MailSender mailProgram;
    private final Mailboxes mailboxes;
    private final Path mailLog;
    private final Path variables;
    private final Path configuration;
    private boolean centralized;

    private DemoPremises(Place place, DemoNetwork network, MailflowServer server, Path conf, Path data, Login user) {
        SSLContext tls = TlsContexts.client(network.authority());
        this.place = place;
        this.server = server;
        this.mailLog = data.resolve("mail.log");
        this.variables = conf.resolve(EnvironmentFile.NAME);
        this.configuration = conf.resolve("mailflow.xml");
        this.submission =
                new InetSocketAddress(place.address(), server.smtpPorts().get(SUBMISSION));
        this.mailProgram =
                new MailSender(Place.MAIL_PROGRAM.host(), Place.MAIL_PROGRAM.address(), tls, Optional.of(user));
        InetSocketAddress imap =
                new InetSocketAddress(place.address(), server.imapPorts().get(0));
        this.mailboxes = new Mailboxes(place, imap, tls, List.of(user));
    }

    /**
     * Starts a side.
     *
     * @param conf its configuration, a copy that may be changed
     * @param data where it keeps its data; exists already
     * @param user the address of the user
     * @throws Exception where the server does not start
     */
    static DemoPremises start(Place place, DemoNetwork network, Path conf, Path data, String user) throws Exception {
        Map<String, String> environment = environment(place, network, data);
        MailflowServer server = MailflowServer.start(new ServerDirectories(conf, data), environment);
        try {
            Login login = new Login(user, UUID.randomUUID().toString());
            server.get(UsersRepository.class).addUser(Username.of(login.user()), login.password());
            return new DemoPremises(place, network, server, conf, data, login);
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    /** What an administrator would set for a server at this place. */
    private static Map<String, String> environment(Place place, DemoNetwork network, Path data) throws IOException {
        String address = place.address();
        String port = Integer.toString(network.port());
        InetSocketAddress nameServer = network.nameServer();
        Map<String, String> environment = new HashMap<>();
        environment.put("MAILFLOW_FQDN", place.host());
        environment.put("MAILFLOW_SMTP_BIND", address + ":" + port);
        environment.put("MAILFLOW_SUBMISSION_BIND", address + ":0");
        environment.put("MAILFLOW_IMAP", "true");
        environment.put("MAILFLOW_IMAP_BIND", address + ":0");
        environment.put("MAILFLOW_WEBADMIN", "false");
        environment.put("MAILFLOW_DNS_SERVER", nameServer.getAddress().getHostAddress() + ":" + nameServer.getPort());
        environment.put("MAILFLOW_MX_PORT", port);
        Path certificates = network.writeCertificates(place, data.resolve("certs"));
        environment.put("MAILFLOW_CERTS", certificates.toString());
        environment.put(
                "MAILFLOW_TRUSTED", certificates.resolve(DemoNetwork.AUTHORITY).toString());
        Place other = place == Place.CLOUD ? Place.ON_PREMISES : Place.CLOUD;
        String side = other == Place.CLOUD ? "CLOUD" : "ONPREMISES";
        environment.put("MAILFLOW_" + side + "_HOST", other.host());
        environment.put("MAILFLOW_" + side + "_PORT", port);
        environment.put("MAILFLOW_" + side + "_CERTIFICATE", other.host());
        // The cloud of the demo is contoso.com's alone, so whatever it hands on is believed.
        environment.put("MAILFLOW_CLOUD_SENDER_DOMAINS", "*");
        return environment;
    }

    /** Switches centralized mail transport as an administrator does: one line in mailflow.env, and a reload. */
    void centralizeTransport(boolean on) throws IOException, InvalidConfigurationException {
        if (on != centralized) {
            List<String> lines = Files.readAllLines(variables).stream()
                    .filter(line -> !line.startsWith(CENTRALIZED_TRANSPORT))
                    .collect(Collectors.toCollection(ArrayList::new));
            lines.add(CENTRALIZED_TRANSPORT + on);
            Files.write(variables, lines);
            server.get(LiveMailflow.class).reload();
            centralized = on;
        }
    }

    /** What {@code mailflow.xml} says. */
    String configuration() throws IOException {
        return Files.readString(configuration);
    }

    /** Writes {@code mailflow.xml} anew, and reloads. */
    void configure(String text) throws IOException, InvalidConfigurationException {
        Files.writeString(configuration, text);
        server.get(LiveMailflow.class).reload();
    }

    /** Tries again to deliver what waits: {@code mailflow queue retry}. */
    void retryQueued() throws OperationException {
        server.get(QueueOperations.class).retry(MailFilter.all());
    }

    /** Lets the user of this side send a mail. */
    void send(DemoMail mail) throws IOException, RefusedException {
        mailProgram.send(mail, submission);
    }

    /** Every copy of a mail in the mailboxes here. */
    List<Arrival> copiesOf(String messageId) throws MessagingException {
        return mailboxes.copiesOf(messageId);
    }

    /** The values of a header field in every copy of a mail here. */
    List<String> header(String messageId, String name) throws MessagingException {
        return mailboxes.header(messageId, name);
    }

    /** What the server wrote into its mail.log of a mail. */
    List<MailEvent> eventsOf(String messageId) throws IOException {
        List<MailEvent> events = new ArrayList<>();
        if (Files.exists(mailLog)) {
            MailLog.read(mailLog, event -> {
                if (event.messageId().filter(messageId::equals).isPresent()) {
                    events.add(event);
                }
            });
        }
        return events;
    }

    /** Which side it is. */
    Place place() {
        return place;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
