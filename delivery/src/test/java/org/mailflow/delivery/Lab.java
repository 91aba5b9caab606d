package org.mailflow.delivery;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.operation.DeliveryMeter;
import org.mailflow.delivery.custody.Custody;
import org.mailflow.delivery.custody.FaultDesk;
import org.mailflow.delivery.custody.InHand;
import org.mailflow.delivery.custody.Poison;
import org.mailflow.delivery.custody.Pulses;
import org.mailflow.james.RouteStamp;
import org.mailflow.james.SampleConnector;
import org.mailflow.james.SampleFlow;
import org.mailflow.testing.tls.CertificateAuthority;
import org.xbill.DNS.SimpleResolver;

/** Deliveries of contoso's, over queues in memory, with the spool and the events in sight. */
final class Lab implements AutoCloseable {

    /** A mail that was put into the spool. */
    record Spooled(String state, String name, List<String> recipients, Mail mail) {
        String error() {
            return AttributeUtils.getValueAndCastFromMail(mail, AttributeName.of("delivery-error"), String.class)
                    .orElse("");
        }
    }

    static final Duration SOON = Duration.ofSeconds(30);

    final SampleFlow flow = SampleFlow.contoso();
    final MemoryMailQueueFactory queues = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory());
    final List<MailEvent> events = new CopyOnWriteArrayList<>();
    final List<Spooled> spool = new CopyOnWriteArrayList<>();
    /** What is told of mails goes there. */
    MailEvents recorder = events::add;

    DeliverySettings settings = new DeliverySettings(
            "bounces",
            4,
            25,
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10)),
            10,
            Duration.ofSeconds(10));
    Names names = new DnsNames();
    QueueLedger ledger = QueueLedger.inMemory();
    InHand inHand = InHand.inMemory();
    /** What was set aside. */
    final List<Mail> setAside = new CopyOnWriteArrayList<>();

    Poison poison = mail -> {
        Mail kept = mail.duplicate();
        kept.setState(mail.getState());
        setAside.add(kept);
        return "memory://var/mail/poison";
    };
    private volatile boolean spoolIsFull;
    private LiveMailflow live = flow.live();
    private ConnectorDeliveries deliveries = deliveries();

    private ConnectorDeliveries deliveries() {
        Clock clock = Clock.systemUTC();
        Custody custody = new Custody(
                inHand, new FaultDesk(mail -> poison.keep(mail), () -> live, event -> recorder.record(event), clock));
        return new ConnectorDeliveries(
                queues,
                () -> live,
                names,
                event -> recorder.record(event),
                ledger,
                DeliveryMeter.none(),
                custody,
                new Pulses(),
                clock);
    }

    Lab outbound(SampleConnector connector) {
        flow.outbound(connector);
        return this;
    }

    Lab trusting(CertificateAuthority authority) {
        flow.trust(authority.certificate());
        return this;
    }

    Lab dns(InetSocketAddress server) {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(Duration.ofSeconds(2));
        names = new DnsNames(resolver);
        return this;
    }

    Lab start() throws MessagingException {
        live = flow.live();
        deliveries = deliveries();
        deliveries.start(context(), settings);
        return this;
    }

    void reload() throws InvalidConfigurationException {
        live.reload();
    }

    void fillSpool(boolean full) {
        spoolIsFull = full;
    }

    ConnectorDeliveries running() {
        return deliveries;
    }

    /** Sends a mail as SelectConnector would, for contoso's connector of this name. */
    void send(String connector, String... recipients) throws MessagingException {
        send(mail(recipients), connector);
    }

    void send(Mail mail, String connector) throws MessagingException {
        new RouteStamp(
                        "connector contoso/" + connector,
                        Optional.of("contoso/" + connector),
                        "test",
                        "routing",
                        Set.copyOf(Arrays.asList(addresses(mail))))
                .put(mail);
        deliveries.deliver(mail, "contoso/" + connector);
    }

    static MailImpl mail(String... recipients) throws MessagingException {
        return mailWith("Subject: hello\r\n\r\ntext\r\n", recipients);
    }

    static MailImpl mailWith(String content, String... recipients) throws MessagingException {
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(
                        ("Message-ID: <1@contoso.com>\r\n" + content).getBytes(StandardCharsets.ISO_8859_1)));
        MailImpl mail = MailImpl.builder()
                .name("mail-1")
                .sender(new MailAddress("sender@contoso.com"))
                .mimeMessage(message)
                .addRecipients(Arrays.stream(recipients).map(Lab::address).toList())
                .build();
        mail.setState("relay");
        mail.setAttribute(new Attribute(AttributeName.of("kept"), AttributeValue.of("yes")));
        return mail;
    }

    static MailAddress address(String text) {
        try {
            return new MailAddress(text);
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String[] addresses(Mail mail) {
        return mail.getRecipients().stream().map(MailAddress::asString).toArray(String[]::new);
    }

    List<MailEvent> events(MailEvent.Type type) {
        return events.stream().filter(event -> event.type() == type).toList();
    }

    List<MailEvent> await(MailEvent.Type type, int count) {
        until(() -> events(type).size() >= count);
        return events(type);
    }

    List<Spooled> awaitSpool(int count) {
        until(() -> spool.size() >= count);
        return spool;
    }

    long queueSize(String connector) {
        return queues.getQueue(QueueNames.of("contoso", connector))
                .map(MemoryMailQueueFactory.MemoryCacheableMailQueue::getSize)
                .orElse(0L);
    }

    MailetContext context() {
        return (MailetContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailetContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getPostmaster")) {
                        return address("postmaster@contoso.com");
                    }
                    if (!method.getName().equals("sendMail")) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    if (spoolIsFull) {
                        throw new MessagingException("the spool is full");
                    }
                    Mail mail = (Mail) arguments[0];
                    spool.add(new Spooled(
                            (String) arguments[1], mail.getName(), List.of(addresses(mail)), mail.duplicate()));
                    return null;
                });
    }

    @Override
    public void close() {
        deliveries.stop();
    }

    private void until(Callable<Boolean> condition) {
        Awaitility.await()
                .conditionEvaluationListener(new ConditionEvaluationListener<Object>() {
                    @Override
                    public void conditionEvaluated(EvaluatedCondition<Object> evaluated) {}

                    @Override
                    public void onTimeout(TimeoutEvent event) {
                        throw new AssertionError("events so far: " + events + ", spool: " + spool);
                    }
                })
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
