package org.mailflow.integration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.james.core.Username;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.user.api.UsersRepository;
import org.mailflow.assembly.MailflowServer;
import org.mailflow.assembly.ServerDirectories;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailLog;
import org.mailflow.testing.smtp.SmtpDialogue;

/** A whole server in this process. Users have the password {@link #PASSWORD}. */
final class TestServer implements AutoCloseable {

    static final String PASSWORD = "correct horse";
    private static final String ADDRESS = "127.0.0.1";
    private static final int SUBMISSION = 1;
    private static final int SUBMISSIONS = 2;

    private final MailflowServer server;
    private final Path data;

    private TestServer(MailflowServer server, Path data) {
        this.server = server;
        this.data = data;
    }

    /** Starts it. */
    static TestServer start(Path configuration, Path data, Environment environment, String... users) throws Exception {
        MailflowServer server =
                MailflowServer.start(new ServerDirectories(configuration, data), environment.variables());
        try {
            for (String user : users) {
                server.get(UsersRepository.class).addUser(Username.of(user), PASSWORD);
            }
            return new TestServer(server, data);
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    /** The port for mail from other servers. */
    int port() {
        return server.smtpPorts().get(0);
    }

    /** The port for mail of users. */
    int submissionPort() {
        return server.smtpPorts().get(SUBMISSION);
    }

    /** The port for mail of users with TLS from the first byte on; where MAILFLOW_SUBMISSIONS is true. */
    int submissionsPort() {
        return server.smtpPorts().get(SUBMISSIONS);
    }

    /** A session from an address, greeted with EHLO. */
    SmtpDialogue connect(String from) throws IOException {
        return connect(port(), from);
    }

    /** A session on a port of this server from an address, greeted with EHLO. */
    SmtpDialogue connect(int port, String from) throws IOException {
        SmtpDialogue smtp = SmtpDialogue.connect(ADDRESS, port, from);
        return smtp.expect("220").send("EHLO client.test").expect("250");
    }

    /** Where it is administered. */
    WebAdmin webAdmin() {
        return new WebAdmin(server.webAdminPort().orElseThrow(), data.resolve("webadmin.token"));
    }

    /** A part of it. */
    <T> T part(Class<T> type) {
        return server.get(type);
    }

    /** The mailbox of a user. */
    Inbox inbox(String user) {
        return new Inbox(server.imapPorts().get(0), user);
    }

    /** The events so far, oldest first. */
    List<MailEvent> events(Predicate<MailEvent> wanted) throws IOException {
        List<MailEvent> events = new ArrayList<>();
        Path log = data.resolve("mail.log");
        if (log.toFile().exists()) {
            MailLog.read(log, event -> {
                if (wanted.test(event)) {
                    events.add(event);
                }
            });
        }
        return events;
    }

    /** The events of one mail. */
    List<MailEvent> eventsOf(TestMail mail) throws IOException {
        return events(
                event -> event.messageId().filter(mail.messageId()::equals).isPresent());
    }

    /** How many mails are in all queues together, those that are being worked on included. */
    long queuedMails() throws MailQueueException {
        return server.get(QueueSizes.class).sum();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
