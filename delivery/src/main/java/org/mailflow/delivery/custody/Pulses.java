package org.mailflow.delivery.custody;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.queue.api.MailQueue;

/** The queues of a server that somebody works on, each with its pulse. */
@Singleton
public final class Pulses {

    /**
     * A queue that is worked on.
     *
     * @param queue the queue
     * @param pulse its pulse
     */
    public record Watched(MailQueue queue, Pulse pulse) {}

    private final List<Watched> all = new CopyOnWriteArrayList<>();

    /** None yet. */
    @Inject
    public Pulses() {}

    /** Work begins on a queue. */
    public void add(MailQueue queue, Pulse pulse) {
        all.add(new Watched(queue, pulse));
    }

    /** Work ends. */
    public void remove(Pulse pulse) {
        all.removeIf(watched -> watched.pulse().equals(pulse));
    }

    /** All of them. */
    public List<Watched> all() {
        return List.copyOf(all);
    }
}
