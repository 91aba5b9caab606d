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
import javax.mail.MessagingException;
import javax.net.ssl.SSLContext;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.mailflow.assembly.MailflowServer;
import org.mailflow.assembly.ServerDirectories;
import org.mailflow.assembly.demo.MailSender.Login;
import org.mailflow.assembly.demo.MailSender.RefusedException;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailLog;
import org.mailflow.testing.tls.PemFiles;
import org.mailflow.testing.tls.TlsContexts;

/** One side of contoso.com: a whole server on the configuration that is shipped for that side, and one user of it. */
final class DemoPremises implements AutoCloseable {

    private static final int SUBMISSION = 1;

    private final Place place;
    private final MailflowServer server;
    private final InetSocketAddress submission;
    private final MailSender mailProgram;
    private final Mailboxes mailboxes;
    private final Path mailLog;

    private DemoPremises(Place place, DemoNetwork network, MailflowServer server, Path data, Login user) {
        SSLContext tls = TlsContexts.client(network.authority());
        this.place = place;
        this.server = server;
        this.mailLog = data.resolve("mail.log");
        this.submission = new InetSocketAddress(
                network.addressOf(place), server.smtpPorts().get(SUBMISSION));
        this.mailProgram =
                new MailSender("[127.0.0.10]", network.addressOf(Place.MAIL_PROGRAM), tls, Optional.of(user));
        InetSocketAddress imap = new InetSocketAddress(
                network.addressOf(place), server.imapPorts().get(0));
        this.mailboxes = new Mailboxes(place, imap, tls, List.of(user));
    }

    /**
     * Starts a side.
     *
     * @param conf its configuration
     * @param data where it keeps its data; exists already
     * @param user the address of the user
     * @param changes variables that differ from those of the demo
     * @throws Exception where the server does not start
     */
    static DemoPremises start(
            Place place, DemoNetwork network, Path conf, Path data, String user, Map<String, String> changes)
            throws Exception {
        Map<String, String> environment = new HashMap<>(environment(place, network, data));
        environment.putAll(changes);
        MailflowServer server = MailflowServer.start(new ServerDirectories(conf, data), environment);
        try {
            Login login = new Login(user, UUID.randomUUID().toString());
            server.get(UsersRepository.class).addUser(Username.of(login.user()), login.password());
            return new DemoPremises(place, network, server, data, login);
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    /** What an administrator would set for a server at this place. */
    private static Map<String, String> environment(Place place, DemoNetwork network, Path data) throws IOException {
        Path certificates = Files.createDirectories(data.resolve("certificates"));
        PemFiles own = network.certificateOf(place).writePem(certificates, "server");
        String address = network.addressOf(place);
        InetSocketAddress nameServer = network.nameServer();
        return Map.ofEntries(
                Map.entry("MAILFLOW_FQDN", network.nameOf(place)),
                Map.entry("MAILFLOW_SMTP_BIND", address + ":" + network.port()),
                Map.entry("MAILFLOW_SUBMISSION_BIND", address + ":0"),
                Map.entry("MAILFLOW_IMAP", "true"),
                Map.entry("MAILFLOW_IMAP_BIND", address + ":0"),
                Map.entry("MAILFLOW_WEBADMIN", "false"),
                Map.entry(
                        "MAILFLOW_DNS_SERVER",
                        nameServer.getAddress().getHostAddress() + ":" + nameServer.getPort()),
                Map.entry("MAILFLOW_MX_PORT", Integer.toString(network.port())),
                Map.entry("MAILFLOW_SMART_HOST_PORT", Integer.toString(network.port())),
                Map.entry("MAILFLOW_CERTIFICATE", own.certificates().toString()),
                Map.entry("MAILFLOW_PRIVATE_KEY", own.key().toString()),
                Map.entry(
                        "MAILFLOW_TRUSTED_CERTIFICATES",
                        network.writeAuthority(certificates.resolve("authority.crt"))
                                .toString()));
    }

    /** Lets the user of this side send a mail. */
    void send(DemoMail mail) throws IOException, RefusedException {
        mailProgram.send(mail, submission);
    }

    /** Every copy of a mail in the mailboxes here. */
    List<Arrival> copiesOf(String messageId) throws MessagingException {
        return mailboxes.copiesOf(messageId);
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
    public void close() throws Exception {
        server.close();
    }
}
