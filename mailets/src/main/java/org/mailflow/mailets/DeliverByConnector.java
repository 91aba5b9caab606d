package org.mailflow.mailets;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.GenericMailet;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.container.settings.DeliverByConnectorSettings;
import org.mailflow.core.decision.ConnectorNames;
import org.mailflow.core.decision.Route;
import org.mailflow.delivery.ConnectorDeliveries;
import org.mailflow.delivery.DeliverySettings;
import org.mailflow.james.Contained;
import org.mailflow.james.Copies;
import org.mailflow.james.HandedOn;
import org.mailflow.james.RouteStamp;

/**
 * Gives a mail to the delivery of its way: of the outbound connector that {@link SelectConnector} chose, of the MX hosts
 * of its recipients' domains, or of the one connector that its parameter names. The mail is in a durable queue
 * afterwards; what cannot be delivered goes to the bounce processor.
 *
 * <pre>{@code
 * <processor state="relay">
 *   <mailet match="All" class="org.mailflow.mailets.DeliverByConnector">
 *     <bounceProcessor>bounces</bounceProcessor>
 *     <onMailetException>propagate</onMailetException>
 *   </mailet>
 * </processor>
 *
 * <mailet match="RecipientDomainIs=fabrikam.com" class="org.mailflow.mailets.DeliverByConnector">
 *   <connector>contoso/Partner Fabrikam</connector>
 *   <onMailetException>propagate</onMailetException>
 * </mailet>
 * }</pre>
 *
 * With {@code propagate} a mail that cannot be enqueued is tried again and then kept in the error repository of the
 * spooler.
 */
public class DeliverByConnector extends GenericMailet {

    private final ConnectorDeliveries deliveries;
    private final Provider<LiveMailflow> live;
    private Optional<String> connector = Optional.empty();
    private DeliverySettings settings = DeliverySettings.DEFAULT;
    private boolean started;

    /** Delivers by these deliveries. */
    @Inject
    public DeliverByConnector(ConnectorDeliveries deliveries, Provider<LiveMailflow> live) {
        this.deliveries = deliveries;
        this.live = live;
    }

    /** Refuses unknown parameters and connectors, and starts the deliveries. */
    @Override
    public void init() throws MessagingException {
        Parameters parameters = new Parameters(getMailetConfig(), DeliverByConnectorSettings.SPEC);
        connector = parameters.optional(DeliverByConnectorSettings.CONNECTOR).flatMap(name -> known(name, parameters));
        settings = DeliverySettings.DEFAULT.with(
                parameters.value(DeliverByConnectorSettings.BOUNCE_PROCESSOR),
                parameters.value(DeliverByConnectorSettings.MX_PORT),
                parameters.value(DeliverByConnectorSettings.CONCURRENCY));
        parameters.refuseProblems();
        deliveries.start(getMailetContext(), settings);
        started = true;
    }

    private Optional<String> known(String name, Parameters parameters) {
        List<ConnectorNames.Outbound> found = ConnectorNames.outbound(live.get().current(), name);
        if (found.size() != 1) {
            parameters.problem("<connector>: '" + name + "' is "
                    + (found.isEmpty() ? "no outbound connector" : "a connector of several organizations")
                    + ": write organization/connector as in mailflow.xml");
            return Optional.empty();
        }
        ConnectorNames.Outbound only = found.get(0);
        return Optional.of(only.organization().queueName(only.connector()));
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        Contained.run(getMailetContext(), getMailetInfo(), () -> handle(mail));
    }

    private void handle(Mail mail) throws MessagingException {
        HandedOn.leaveTheOthers(mail, List.copyOf(mail.getRecipients()));
        if (mail.getRecipients().isEmpty()) {
            mail.setState(Mail.GHOST);
            return;
        }
        Optional<RouteStamp> route = RouteStamp.of(mail);
        if (connector.isPresent()) {
            deliveries.deliver(mail, connector.get());
        } else if (route.isEmpty()) {
            throw new MessagingException("no way was chosen for mail " + mail.getName()
                    + ": put SelectConnector before DeliverByConnector, or name a <connector>");
        } else if (!route.get().holdsFor(mail)) {
            routeAgain(mail, route.get());
        } else if (route.get().outboundConnector().isPresent()) {
            deliveries.deliver(mail, route.get().outboundConnector().get());
        } else if (route.get().route().equals(new Route.ByMx().word())) {
            deliveries.deliverByMx(mail);
        } else {
            throw new MessagingException(
                    "mail " + mail.getName() + " has the way '" + route.get().route()
                            + "', which is no way out: SelectConnector must send it to another processor");
        }
        mail.setState(Mail.GHOST);
    }

    /** After a fault James gives a mail back recipients for whom this way was not chosen. */
    private void routeAgain(Mail mail, RouteStamp route) throws MessagingException {
        Mail copy = Copies.toRouteAgain(mail);
        try {
            getMailetContext().sendMail(copy, route.routedIn());
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    @Override
    public void destroy() {
        if (started) {
            started = false;
            deliveries.stop();
        }
    }

    @Override
    public Collection<ProcessingState> requiredProcessingState() {
        return List.of(new ProcessingState(settings.bounceProcessor()));
    }

    @Override
    public String getMailetInfo() {
        return "DeliverByConnector";
    }
}
