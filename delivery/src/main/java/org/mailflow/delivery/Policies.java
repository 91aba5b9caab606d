package org.mailflow.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.queue.api.MailQueueName;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;

/**
 * The policies of all queues, by one snapshot.
 *
 * @param mailflow the snapshot
 * @param byQueue the policy of each queue
 */
record Policies(Mailflow mailflow, Map<MailQueueName, ConnectorPolicy> byQueue) {

    Policies {
        byQueue = Map.copyOf(byQueue);
    }

    static Policies of(Mailflow mailflow, DeliverySettings settings) {
        Map<MailQueueName, ConnectorPolicy> byQueue = new HashMap<>();
        byQueue.put(QueueNames.MX, ConnectorPolicy.mx(mailflow, settings));
        for (Organization organization : mailflow.organizations()) {
            for (OutboundConnector connector : organization.outboundConnectors().all()) {
                if (connector.enabled()) {
                    byQueue.put(
                            QueueNames.of(organization, connector),
                            ConnectorPolicy.of(mailflow, organization, connector));
                }
            }
        }
        return new Policies(mailflow, byQueue);
    }

    Optional<ConnectorPolicy> of(MailQueueName queue) {
        return Optional.ofNullable(byQueue.get(queue));
    }

    Set<MailQueueName> queues() {
        return byQueue.keySet();
    }
}
