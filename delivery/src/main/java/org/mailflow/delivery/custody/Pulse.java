package org.mailflow.delivery.custody;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether a queue's mail moves: when its workers last took or finished one, and whether a probe is on its way through it.
 *
 * <p>A probe that waits proves nothing by itself: it may stand behind a thousand mails that move, or behind workers that are
 * all busy with slow hosts. Only a queue in which a probe waits and nothing moves stands still.
 */
public final class Pulse {

    private int workers;
    private final boolean workMayTakeLong;
    private final LongSupplier nanoTime;
    private int busy;
    private int waiting;
    private long lastMove;
    private Optional<Probe> probe = Optional.empty();

    private record Probe(String id, long sent) {}

    /**
     * The pulse of a queue.
     *
     * @param workers how many mails are worked on at once
     * @param workMayTakeLong whether the work has limits of its own, so that workers that are all busy are no trouble
     */
    public Pulse(int workers, boolean workMayTakeLong) {
        this(workers, workMayTakeLong, System::nanoTime);
    }

    Pulse(int workers, boolean workMayTakeLong, LongSupplier nanoTime) {
        this.workers = workers;
        this.workMayTakeLong = workMayTakeLong;
        this.nanoTime = nanoTime;
        this.lastMove = nanoTime.getAsLong();
    }

    synchronized void workers(int many) {
        workers = many;
    }

    synchronized void took() {
        busy++;
        lastMove = nanoTime.getAsLong();
    }

    synchronized void finished() {
        busy--;
        lastMove = nanoTime.getAsLong();
    }

    /** A worker's place is kept by a mail that is given back in a while. */
    synchronized void waits() {
        waiting++;
    }

    /** Such a mail was given back. */
    synchronized void gaveBack() {
        waiting--;
        lastMove = nanoTime.getAsLong();
    }

    synchronized void seen(String id) {
        lastMove = nanoTime.getAsLong();
        probe = probe.filter(sent -> !sent.id().equals(id));
    }

    /** Notes that a probe is about to be put into the queue. */
    public synchronized void sent(String id) {
        probe = Optional.of(new Probe(id, nanoTime.getAsLong()));
    }

    /** Expects nothing of a queue that an operator holds: the probe in it may wait with the mail. */
    public synchronized void rest() {
        probe = Optional.empty();
    }

    /** Whether a probe is on its way. */
    public synchronized boolean awaitsProbe() {
        return probe.isPresent();
    }

    /**
     * What is wrong with the queue.
     *
     * @param limit how long it may stand still
     * @return empty where nothing is
     */
    public synchronized Optional<String> complaint(Duration limit) {
        long now = nanoTime.getAsLong();
        Optional<Duration> still = probe.map(sent -> Duration.ofNanos(now - Math.max(sent.sent(), lastMove)))
                .filter(stands -> stands.compareTo(limit) > 0);
        boolean noneIsFreeYet = waiting > 0 && busy + waiting >= workers;
        if (still.isEmpty() || noneIsFreeYet || (busy >= workers && workMayTakeLong)) {
            return Optional.empty();
        }
        return still.map(stands -> busy >= workers
                ? "all of its " + workers + " workers have been at the same mails for " + stands.toSeconds() + " s"
                : "nothing has been taken out of it for " + stands.toSeconds() + " s, though " + (workers - busy)
                        + " of " + workers + " workers are idle");
    }
}
