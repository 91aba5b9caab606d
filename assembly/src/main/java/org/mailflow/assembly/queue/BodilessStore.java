package org.mailflow.assembly.queue;

import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.store.MessageRecoveryListener;
import org.apache.activemq.store.MessageStore;
import org.apache.activemq.store.ProxyMessageStore;

/**
 * The mails of one queue, shown to the broker without their bodies. The broker looks for a mail that is due among all of a
 * queue, and stops looking where what it has seen fills its memory: a few large mails that wait would hide all behind
 * them. {@link Bodies} adds the body when a mail is handed out.
 */
final class BodilessStore extends ProxyMessageStore {

    BodilessStore(MessageStore store) {
        super(store);
    }

    @Override
    public void recover(MessageRecoveryListener listener) throws Exception {
        super.recover(new WithoutBody(listener));
    }

    @Override
    public void recoverNextMessages(int most, MessageRecoveryListener listener) throws Exception {
        super.recoverNextMessages(most, new WithoutBody(listener));
    }

    @Override
    public void recoverNextMessages(int offset, int most, MessageRecoveryListener listener) throws Exception {
        super.recoverNextMessages(offset, most, new WithoutBody(listener));
    }

    private record WithoutBody(MessageRecoveryListener listener) implements MessageRecoveryListener {

        @Override
        public boolean recoverMessage(Message message) throws Exception {
            message.setContent(null);
            return listener.recoverMessage(message);
        }

        @Override
        public boolean recoverMessageReference(MessageId id) throws Exception {
            return listener.recoverMessageReference(id);
        }

        @Override
        public boolean hasSpace() {
            return listener.hasSpace();
        }

        @Override
        public boolean isDuplicate(MessageId id) {
            return listener.isDuplicate(id);
        }

        @Override
        public boolean canRecoveryNextMessage() {
            return listener.canRecoveryNextMessage();
        }
    }
}
