package org.mailflow.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.mail.MessagingException;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.decision.Route;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.operation.DeliveryMeter;
import org.mailflow.delivery.ConnectorDeliveries;
import org.mailflow.delivery.DnsNames;
import org.mailflow.delivery.QueueLedger;
import org.mailflow.delivery.custody.Custody;
import org.mailflow.delivery.custody.FaultDesk;
import org.mailflow.delivery.custody.InHand;
import org.mailflow.delivery.custody.Pulses;
import org.mailflow.james.RouteStamp;
import org.mailflow.james.SampleConnector;
import org.mailflow.james.SampleFlow;
import org.mailflow.testing.smtp.SmtpSink;

class DeliverByConnectorTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final SmtpSink sink = SmtpSink.start();
    private final SampleFlow flow = SampleFlow.contoso()
            .outbound(
                    SampleConnector.named("Fabrikam").domains("fabrikam.com").smartHosts("[127.0.0.1]:" + sink.port()));
    private final LiveMailflow live = flow.live();
    private final Spool spool = new Spool();
    private final ConnectorDeliveries deliveries = new ConnectorDeliveries(
            new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory()),
            () -> live,
            new DnsNames(),
            MailEvents.none(),
            QueueLedger.inMemory(),
            DeliveryMeter.none(),
            new Custody(
                    InHand.inMemory(), new FaultDesk(this::setAside, () -> live, MailEvents.none(), Clock.systemUTC())),
            new Pulses(),
            Clock.systemUTC());
    private final List<DeliverByConnector> mailets = new ArrayList<>();

    DeliverByConnectorTest() throws Exception {}

    private String setAside(Mail mail) {
        throw new IllegalStateException(mail.getName() + " is set aside");
    }

    private DeliverByConnector mailet(String... parameters) throws MessagingException {
        return mailet(Samples.parameters(parameters));
    }

    private DeliverByConnector mailet(Properties parameters) throws MessagingException {
        DeliverByConnector mailet = Samples.init(new DeliverByConnector(deliveries, () -> live), spool, parameters);
        mailets.add(mailet);
        return mailet;
    }

    @AfterEach
    void close() {
        mailets.forEach(DeliverByConnector::destroy);
        sink.close();
    }

    @Test
    void handsMailToTheConnectorThatWasSelected() throws Exception {
        Mail mail = Samples.mail("bob@fabrikam.com");
        Samples.init(new SelectConnector(() -> live, MailEvents.none()), spool, Samples.parameters())
                .service(mail);

        mailet().service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(sink.awaitReceived(1, SOON)).hasSize(1);
    }

    @Test
    void handsMailToTheConnectorThatItNames() throws Exception {
        Mail mail = Samples.mail("bob@elsewhere.example");

        mailet("connector", "fabrikam").service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(sink.awaitReceived(1, SOON).get(0).recipientAddresses()).containsExactly("bob@elsewhere.example");
    }

    @Test
    void routesAgainWhatJamesGaveRecipientsBackTo() throws Exception {
        Mail mail = Samples.mail("bob@fabrikam.com");
        Samples.init(new SelectConnector(() -> live, MailEvents.none()), spool, Samples.parameters())
                .service(mail);
        mail.setRecipients(List.of(Samples.address("bob@fabrikam.com"), Samples.address("chris@contoso.com")));

        mailet().service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(spool.items()).singleElement().satisfies(item -> {
            assertThat(item.state()).isEqualTo("routing");
            assertThat(item.recipients()).containsExactly("bob@fabrikam.com", "chris@contoso.com");
            assertThat(RouteStamp.of(item.mail())).isEmpty();
        });
        assertThat(sink.connections()).isZero();
    }

    @Test
    void neverGuessesAWay() throws Exception {
        DeliverByConnector mailet = mailet();
        Mail without = Samples.mail("bob@fabrikam.com");
        Mail local = Samples.mail("chris@contoso.com");
        RouteStamp.of(new Route.Local(), "test", "routing", local.getRecipients())
                .put(local);

        assertThatThrownBy(() -> mailet.service(without))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("put SelectConnector before");
        assertThatThrownBy(() -> mailet.service(local))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("no way out");
        assertThat(without.getState()).isNotEqualTo(Mail.GHOST);
    }

    @Test
    void refusesEverythingWrongAtOnce() {
        assertThatThrownBy(() ->
                        mailet("connector", "Fabricam", "mxPort", "70000", "concurrency", "many", "outgoingQueue", "x"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("'Fabricam' is no outbound connector")
                .hasMessageContaining("'70000' is not a whole number from 1 to 65535")
                .hasMessageContaining("'many'")
                .hasMessageContaining("<outgoingQueue> is not a parameter");
    }

    @Test
    void namesTheProcessorThatItNeeds() throws MessagingException {
        assertThat(mailet("bounceProcessor", "returns").requiredProcessingState())
                .containsExactly(new ProcessingState("returns"));
    }
}
