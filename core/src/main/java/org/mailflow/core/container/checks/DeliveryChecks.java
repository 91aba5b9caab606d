package org.mailflow.core.container.checks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.container.QueueNaming;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.reading.ProcessorDraft;
import org.mailflow.core.container.settings.DeliverByConnectorSettings;
import org.mailflow.core.container.settings.JamesMailets;
import org.mailflow.core.container.settings.SelectConnectorSettings;

/** Deliveries that would take each other's mail, and the place of the choice of a connector. */
final class DeliveryChecks {

    private static final String SPOOL = "spool";

    private DeliveryChecks() {}

    static void run(MailetContainerDraft container) {
        queues(container);
        settings(container);
        container.processors().forEach(DeliveryChecks::selection);
    }

    private static void queues(MailetContainerDraft container) {
        Map<String, MailetDraft> first = new HashMap<>();
        container.mailets().forEach(mailet -> {
            if (mailet.is(JamesMailets.REMOTE_DELIVERY)) {
                mailet.value(JamesMailets.OUTGOING).ifPresent(queue -> {
                    notOurs(mailet, JamesMailets.OUTGOING, queue);
                    if (queue.equals(SPOOL)) {
                        mailet.section()
                                .error(
                                        JamesMailets.OUTGOING,
                                        "spool is the queue of mail that comes in",
                                        "Give it a queue of its own");
                    }
                    MailetDraft before = first.putIfAbsent(queue, mailet);
                    if (before != null) {
                        mailet.section()
                                .error(
                                        JamesMailets.OUTGOING,
                                        "has the queue '" + queue + "' of the RemoteDelivery in line "
                                                + before.section().location().line()
                                                + ": each would send mail of the other",
                                        "Write <outgoing> with a queue of its own");
                    }
                });
            }
            mailet.spec()
                    .filter(spec -> spec.parameters().contains(JamesMailets.REQUEUE_TO))
                    .flatMap(spec -> mailet.value(JamesMailets.REQUEUE_TO))
                    .ifPresent(queue -> notOurs(mailet, JamesMailets.REQUEUE_TO, queue));
        });
    }

    private static void notOurs(MailetDraft mailet, Parameter<String> parameter, String queue) {
        if (queue.startsWith(QueueNaming.PREFIX)) {
            mailet.section()
                    .error(
                            parameter,
                            "'" + queue + "' is a queue of DeliverByConnector: mail would leave without the TLS that "
                                    + "its connector demands",
                            "Take a name that does not begin with " + QueueNaming.PREFIX);
        }
    }

    /** One delivery serves all; what it has in common stands in each. */
    private static void settings(MailetContainerDraft container) {
        List<MailetDraft> deliveries = container
                .mailets()
                .filter(mailet -> mailet.is(DeliverByConnectorSettings.SPEC))
                .toList();
        List<Parameter<?>> common = List.of(
                DeliverByConnectorSettings.BOUNCE_PROCESSOR,
                DeliverByConnectorSettings.MX_PORT,
                DeliverByConnectorSettings.CONCURRENCY);
        for (MailetDraft delivery : deliveries) {
            for (Parameter<?> parameter : common) {
                Optional<?> here = delivery.value(parameter);
                Optional<?> there = deliveries.get(0).value(parameter);
                if (here.isPresent() && there.isPresent() && !here.equals(there)) {
                    delivery.section()
                            .error(
                                    parameter,
                                    "is " + here.get() + " here and " + there.get()
                                            + " in the DeliverByConnector in line "
                                            + deliveries
                                                    .get(0)
                                                    .section()
                                                    .location()
                                                    .line(),
                                    "Write the same everywhere: a server has one delivery");
                }
            }
        }
    }

    private static void selection(ProcessorDraft processor) {
        List<MailetDraft> mailets = processor.mailets();
        if (mailets.size() > 1 && mailets.stream().anyMatch(mailet -> mailet.is(SelectConnectorSettings.SPEC))) {
            mailets.stream()
                    .filter(mailet -> !mailet.is(SelectConnectorSettings.SPEC))
                    .forEach(mailet -> mailet.section()
                            .error(
                                    "stands in the processor of SelectConnector, where a mail that waits for a directory "
                                            + "begins again: it would be done again each time",
                                    "Move it to the processor that leads to '" + processor.state() + "'"));
        }
    }
}
