package org.mailflow.assembly.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.store.MessageStore;

/**
 * Reads the body of a mail when it is handed out; until then it is on disk only, see {@link BodilessStore}. Whoever looks
 * through a queue for what is noted on its mails is shown them without: their bodies would be read from disk one by one,
 * while the broker hands out nothing else.
 */
final class Bodies extends BrokerFilter {

    /** The selector of whoever does without bodies. Every mail matches, for no property of a mail has this name. */
    static final String WITHOUT = "MAILFLOW_BODY IS NULL";

    private final Set<ConsumerId> without = ConcurrentHashMap.newKeySet();

    Bodies(Broker next) {
        super(next);
    }

    @Override
    public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        if (WITHOUT.equals(info.getSelector())) {
            without.add(info.getConsumerId());
        }
        return super.addConsumer(context, info);
    }

    @Override
    public void removeConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
        super.removeConsumer(context, info);
        without.remove(info.getConsumerId());
    }

    @Override
    public void preProcessDispatch(MessageDispatch dispatch) {
        Message message = dispatch.getMessage();
        if (message != null
                && message.getContent() == null
                && message.isPersistent()
                && !without.contains(dispatch.getConsumerId())
                && message.getRegionDestination() instanceof Destination destination
                && destination.getMessageStore() != null) {
            // The broker keeps the one without.
            dispatch.setMessage(withBody(message, destination.getMessageStore()));
        }
        super.preProcessDispatch(dispatch);
    }

    private Message withBody(Message message, MessageStore store) {
        try {
            Message stored = store.getMessage(message.getMessageId());
            Message whole = message.copy();
            // Whoever looks into a queue may be shown a mail that has just left it.
            whole.setContent(stored == null ? null : stored.getContent());
            return whole;
        } catch (IOException e) {
            getBrokerService().handleIOException(e);
            throw new UncheckedIOException("mail " + message.getMessageId() + " cannot be read", e);
        }
    }
}
