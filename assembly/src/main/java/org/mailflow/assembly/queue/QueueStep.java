package org.mailflow.assembly.queue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What changes in the store together: mails that come into queues, and mails that leave theirs. Nobody sees any of it before
 * it is written; after a crash all of it happened, or nothing. Used by one thread at a time.
 */
final class QueueStep implements AutoCloseable {

    /** A mail that comes, and where. */
    private record Coming(QueueIndex index, QueuedMail mail) {}

    private final MailStore.Changes changes;
    private final Bodies bodies;
    private final MailStore store;
    private final List<Coming> coming = new ArrayList<>();
    private boolean over;

    QueueStep(MailStore store, Bodies bodies) {
        this.store = store;
        this.changes = store.changes();
        this.bodies = bodies;
    }

    /** Lets a mail come whose message is stored already; false where it is not, any more. */
    boolean putSharing(QueueIndex index, QueuedMail mail, byte[] envelope) throws IOException {
        if (!bodies.share(mail.body())) {
            return false;
        }
        coming.add(new Coming(index, mail));
        changes.putMail(mail.id(), mail.stored(envelope));
        return true;
    }

    /** Lets a mail come with its message. */
    void put(QueueIndex index, QueuedMail mail, byte[] envelope, byte[] body) throws IOException {
        bodies.found(mail.body());
        coming.add(new Coming(index, mail));
        changes.putBody(mail.body(), body);
        changes.putMail(mail.id(), mail.stored(envelope));
    }

    /** All that comes is on disk when this returns. */
    void commitSynced() throws IOException {
        changes.writeSynced();
        over = true;
        coming.forEach(each -> each.index().add(each.mail()));
    }

    /**
     * Some mails leave with it. It outlives the process when this returns. Where the machine goes down they may be there
     * again, and nothing that came instead of them: so no mail is lost.
     */
    void commit(List<QueuedMail> leaving) throws IOException {
        List<QueuedMail> others = new ArrayList<>();
        for (QueuedMail mail : leaving) {
            changes.deleteMail(mail.id());
            if (bodies.leaveLast(mail.body())) {
                changes.deleteBody(mail.body());
            } else {
                others.add(mail);
            }
        }
        changes.writeLazily();
        over = true;
        coming.forEach(each -> each.index().add(each.mail()));
        leave(others);
    }

    /** Nothing of it happened. */
    @Override
    public void close() {
        if (!over) {
            over = true;
            try {
                leave(coming.stream().map(Coming::mail).toList());
            } catch (IOException e) {
                // The store is beyond help, and whoever must know of it does.
            }
        }
    }

    private void leave(List<QueuedMail> mails) throws IOException {
        for (QueuedMail mail : mails) {
            if (bodies.leave(mail.body())) {
                MailStore.Changes last = store.changes();
                last.deleteBody(mail.body());
                last.writeLazily();
            }
        }
    }
}
