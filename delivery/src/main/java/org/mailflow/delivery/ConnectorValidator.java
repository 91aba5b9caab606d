package org.mailflow.delivery;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.mail.MessagingException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.event.WatchedEvents;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.validation.ConnectorOperations;
import org.mailflow.core.validation.ConnectorState;
import org.mailflow.core.validation.ConnectorValidation;
import org.mailflow.core.validation.KeptValidation;
import org.mailflow.core.validation.Stage;
import org.mailflow.core.validation.Step;
import org.mailflow.core.validation.ValidationPlan;
import org.mailflow.core.validation.ValidationWish;
import org.mailflow.core.validation.Verdict;

/** Validates the connectors of the server that runs, and remembers the outcome. */
@Singleton
public class ConnectorValidator implements ConnectorOperations {

    private final LiveMailflow live;
    private final ConnectorDeliveries deliveries;
    private final Names names;
    private final KeptValidations kept;
    private final WatchedEvents events;
    private final Clock clock;

    /** Validates over these deliveries. */
    @Inject
    public ConnectorValidator(
            LiveMailflow live,
            ConnectorDeliveries deliveries,
            Names names,
            KeptValidations kept,
            WatchedEvents events,
            Clock clock) {
        this.live = live;
        this.deliveries = deliveries;
        this.names = names;
        this.kept = kept;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public List<ConnectorState> connectors() {
        List<ConnectorState> states = new ArrayList<>();
        for (Organization organization : live.current().organizations()) {
            for (OutboundConnector connector : organization.outboundConnectors().all()) {
                String name = organization.queueName(connector);
                states.add(ConnectorState.of(name, connector, kept.of(name)));
            }
        }
        return states;
    }

    @Override
    public ConnectorValidation validate(String organization, String connector, ValidationWish wish)
            throws OperationException {
        Mailflow mailflow = live.current();
        ValidationPlan plan = plan(mailflow, organization, connector, wish);
        ConnectorValidation validation = new ConnectorProbe(
                        names, deliveries.settings().orElse(DeliverySettings.DEFAULT), clock)
                .run(mailflow, plan);
        if (wish.send().orElse(false)) {
            validation = send(mailflow, plan, validation);
        }
        keep(validation);
        return validation;
    }

    private static ValidationPlan plan(Mailflow mailflow, String organization, String connector, ValidationWish wish)
            throws OperationException {
        Organization whose = mailflow.organization(organization)
                .orElseThrow(() -> OperationException.notFound(
                        "there is no organization '" + organization + "'; there are " + mailflow.organizations()));
        OutboundConnector which = whose.outboundConnectors()
                .named(connector)
                .orElseThrow(() -> OperationException.notFound("organization " + whose.name()
                        + " has no outbound connector '" + connector + "'; it has "
                        + whose.outboundConnectors().all().stream()
                                .map(OutboundConnector::name)
                                .toList()));
        try {
            return ValidationPlan.of(mailflow, whose, which, wish);
        } catch (ValidationPlan.Refused e) {
            throw OperationException.invalid(e.text());
        }
    }

    /** A mail that no host would take is not sent: it would wait in the queue for days, and come back then. */
    private ConnectorValidation send(Mailflow mailflow, ValidationPlan plan, ConnectorValidation validation)
            throws OperationException {
        boolean taken = validation.nextHops().stream()
                .flatMap(hop -> hop.hosts().stream())
                .anyMatch(host -> host.verdict() != Verdict.FAILED);
        if (!taken) {
            return validation.withNote(Step.warning(
                    Stage.SEND,
                    "no mail was sent, since no host takes any",
                    "Mend what is wrong with the hosts first"));
        }
        try {
            return validation.withSent(new ValidationSender(deliveries, events, clock).send(mailflow, plan));
        } catch (MessagingException | IllegalStateException e) {
            throw OperationException.failed("the mail cannot be sent: " + e.getMessage(), e);
        }
    }

    private void keep(ConnectorValidation validation) throws OperationException {
        try {
            kept.keep(
                    KeptValidation.of(validation),
                    connectors().stream().map(ConnectorState::connector).toList());
        } catch (IOException e) {
            throw OperationException.failed(
                    "the outcome cannot be kept (" + e.getMessage() + "): " + validation.summary(), e);
        }
    }
}
