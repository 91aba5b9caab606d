package org.mailflow.smtp;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailbox.Authorizator;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.memory.MemoryUsersRepository;
import org.apache.mailet.Mail;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.SessionMailflow;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.storage.Storage;
import org.mailflow.testing.james.CertificateAskingServer;
import org.mailflow.testing.james.EveryDomain;
import org.mailflow.testing.james.HandlerLoader;
import org.mailflow.testing.james.LiteralDns;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** James' own SMTP server on loopback with our handlers, and a spool that nobody empties. */
final class SmtpServerUnderTest implements AutoCloseable {

    private static final byte[] MESSAGE = message("Message-ID: <1@client.example>", "Subject: test", "", "Hello.");

    private final RecordedEvents events = new RecordedEvents();
    private volatile Mailflow configured;
    private final LiveMailflow live;
    private final MemoryMailQueueFactory queues = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory());
    private final MemoryUsersRepository users = MemoryUsersRepository.withoutVirtualHosting(new EveryDomain());
    private volatile boolean usersFail;
    private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    private final SMTPServer server;

    private SmtpServerUnderTest(Mailflow mailflow, SSLContext tls, BaseHierarchicalConfiguration settings)
            throws Exception {
        configured = mailflow;
        live = new LiveMailflow(generation -> new Configuration(Optional.of(configured), List.of()), Clock.systemUTC());
        MetricFactory metrics = new NoMetrics();
        server = new CertificateAskingServer(metrics, tls);
        server.setDnsService(LiteralDns.withoutReverseLookUps());
        server.setGracefulShutdown(false);
        server.setProtocolHandlerLoader(new HandlerLoader()
                .with(LiveMailflow.class, live)
                .with(SessionMailflow.class, live::current)
                .with(MailEvents.class, events)
                .with(Storage.class, free::get)
                .with(MetricFactory.class, metrics)
                .with(MailQueueFactory.class, queues)
                .with(UsersRepository.class, usersThatMayFail())
                .with(DomainList.class, new EveryDomain())
                .with(Authorizator.class, (user, other) -> Authorizator.AuthorizationState.FORBIDDEN));
        server.configure(settings);
        server.init();
    }

    static Builder builder(Mailflow mailflow, SSLContext tls) {
        return new Builder(mailflow, tls);
    }

    /** Sets how many bytes are free on its disk. */
    void setFree(long bytes) {
        free.set(bytes);
    }

    /** Connects from an address of 127.0.0.0/8 and says EHLO. */
    SmtpDialogue connect(String from) throws IOException {
        SmtpDialogue smtp = connectSilently(from);
        smtp.send("EHLO client.example").expect("250");
        return smtp;
    }

    /** Connects, and says EHLO inside of TLS. */
    SmtpDialogue connect(String from, SSLContext tls) throws IOException {
        SmtpDialogue smtp = connect(from);
        smtp.startTls(tls).send("EHLO client.example").expect("250");
        return smtp;
    }

    /** Connects and reads the greeting. */
    SmtpDialogue connectSilently(String from) throws IOException {
        return SmtpDialogue.connect("127.0.0.1", port(), from).expect("220");
    }

    /** Sends a small mail. */
    static SmtpReply send(SmtpDialogue smtp, String sender, String... recipients) throws IOException {
        return smtp.sendMail(sender, List.of(recipients), MESSAGE);
    }

    static byte[] message(String... lines) {
        return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    int port() {
        return server.getListenAddresses().get(0).getPort();
    }

    RecordedEvents events() {
        return events;
    }

    long spooled() throws Exception {
        return queue().getSize();
    }

    /** The mails on the spool, oldest first. */
    List<Mail> spool() throws Exception {
        List<Mail> mails = new ArrayList<>();
        queue().browse().forEachRemaining(item -> mails.add(item.getMail()));
        return mails;
    }

    void clearSpool() throws Exception {
        spool().forEach(LifecycleUtil::dispose);
        queue().clear();
    }

    void reload(Mailflow mailflow) throws InvalidConfigurationException {
        configured = mailflow;
        live.reload();
    }

    void addUser(String name, String password) throws Exception {
        users.setEnableVirtualHosting(name.contains("@"));
        users.addUser(Username.of(name), password);
    }

    /** Lets every question to its users fail, or no longer. */
    void failUsers(boolean fail) {
        usersFail = fail;
    }

    private UsersRepository usersThatMayFail() {
        return (UsersRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {UsersRepository.class}, (proxy, method, arguments) -> {
                    if (usersFail) {
                        throw new UsersRepositoryException("the store of a test fails");
                    }
                    return method.invoke(users, arguments);
                });
    }

    @Override
    public void close() {
        server.destroy();
        try {
            clearSpool();
        } catch (Exception e) {
            throw new IllegalStateException("the spool cannot be emptied", e);
        }
    }

    private MemoryMailQueueFactory.MemoryCacheableMailQueue queue() {
        return queues.createQueue(MailQueueFactory.SPOOL);
    }

    /** What an administrator writes into smtpserver.xml. */
    static final class Builder {
        private final Mailflow mailflow;
        private final SSLContext tls;
        private final BaseHierarchicalConfiguration settings = new BaseHierarchicalConfiguration();

        private Builder(Mailflow mailflow, SSLContext tls) {
            this.mailflow = mailflow;
            this.tls = tls;
            with("bind", "127.0.0.1:0");
            with("jmxName", "smtp-" + UUID.randomUUID());
            with("helloName.[@autodetect]", false);
            with("helloName", Organizations.FQDN);
            with("handlerchain.[@enableJmx]", false);
            with("handlerchain.[@coreHandlersPackage]", MailflowHandlers.class.getName());
        }

        Builder with(String key, Object value) {
            settings.addProperty(key, value);
            return this;
        }

        Builder withHandler(Class<? extends ProtocolHandler> handler) {
            return with("handlerchain.handler(-1).[@class]", handler.getName());
        }

        SmtpServerUnderTest start() throws Exception {
            return new SmtpServerUnderTest(mailflow, tls, settings);
        }
    }
}
