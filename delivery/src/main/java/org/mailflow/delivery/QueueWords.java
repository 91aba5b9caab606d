package org.mailflow.delivery;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.mailflow.core.config.NearMiss;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.QueueKind;

/** What an operator calls the queues of a server, by one snapshot. */
final class QueueWords {

    private static final String SPOOL = "spool";

    private final Map<MailQueueName, OperatedQueue> queues = new LinkedHashMap<>();

    private QueueWords() {}

    /** The queues of a snapshot, and those that the ledger remembers beside them. */
    static QueueWords of(Mailflow mailflow, Set<String> ledger) {
        QueueWords words = new QueueWords();
        words.add(SPOOL, QueueKind.SPOOL, MailQueueFactory.SPOOL);
        for (Organization organization : mailflow.organizations()) {
            for (OutboundConnector connector : organization.outboundConnectors().all()) {
                words.add(
                        organization.queueName(connector),
                        connector.enabled() ? QueueKind.CONNECTOR : QueueKind.GONE,
                        QueueNames.of(organization, connector));
            }
        }
        words.add(QueueNames.word(QueueNames.MX), QueueKind.MX, QueueNames.MX);
        ledger.stream()
                .sorted()
                .map(MailQueueName::of)
                .forEach(name -> words.add(QueueNames.word(name), QueueKind.GONE, name));
        return words;
    }

    private void add(String word, QueueKind kind, MailQueueName name) {
        queues.putIfAbsent(name, new OperatedQueue(word, kind, name));
    }

    Collection<OperatedQueue> all() {
        return List.copyOf(queues.values());
    }

    /** What this queue is called. */
    String word(MailQueueName name) {
        OperatedQueue queue = queues.get(name);
        return queue == null ? QueueNames.word(name) : queue.word();
    }

    /** What this queue is for. */
    QueueKind kind(MailQueueName name) {
        OperatedQueue queue = queues.get(name);
        return queue == null ? QueueKind.GONE : queue.kind();
    }

    /**
     * The queue that is meant: by its word, or by the connector's name alone where that is the name of one connector only.
     *
     * @throws OperationException where it is none, or more than one
     */
    OperatedQueue find(String word) throws OperationException {
        for (OperatedQueue queue : queues.values()) {
            if (queue.word().equalsIgnoreCase(word)) {
                return queue;
            }
        }
        List<OperatedQueue> named = queues.values().stream()
                .filter(queue -> queue.word().toLowerCase(Locale.ROOT).endsWith("/" + word.toLowerCase(Locale.ROOT)))
                .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        if (!named.isEmpty()) {
            throw OperationException.invalid(
                    "'" + word + "' is the name of several connectors; write one of " + words(named));
        }
        List<String> known = queues.values().stream().map(OperatedQueue::word).toList();
        throw OperationException.notFound("there is no queue '" + word + "'"
                + NearMiss.of(word, known)
                        .or(() -> NearMiss.of(
                                word,
                                known.stream()
                                        .map(one -> one.substring(one.indexOf('/') + 1))
                                        .toList()))
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; there are " + words(queues.values())));
    }

    private static String words(Collection<OperatedQueue> queues) {
        return queues.stream().map(queue -> "'" + queue.word() + "'").collect(Collectors.joining(", "));
    }
}
