package org.mailflow.assembly.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;
import org.apache.activemq.store.MessageStore;

/** Reads the body of a mail when it is handed out; until then it is on disk only, see {@link BodilessStore}. */
final class Bodies extends BrokerFilter {

    Bodies(Broker next) {
        super(next);
    }

    @Override
    public void preProcessDispatch(MessageDispatch dispatch) {
        Message message = dispatch.getMessage();
        if (message != null
                && message.getContent() == null
                && message.isPersistent()
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
            // Whoever looks through a queue may be shown a mail that has just left it.
            whole.setContent(stored == null ? null : stored.getContent());
            return whole;
        } catch (IOException e) {
            getBrokerService().handleIOException(e);
            throw new UncheckedIOException("mail " + message.getMessageId() + " cannot be read", e);
        }
    }
}
