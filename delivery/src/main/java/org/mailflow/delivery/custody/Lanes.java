package org.mailflow.delivery.custody;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Shares a queue's workers out among crowds of mails: those to one domain, for example. A crowd gets a worker while it has
 * fewer than are free (Choudhury and Hahne's dynamic threshold): alone it may have half of them, two have a third each, and
 * whoever comes next always finds one. What has to wait stands aside in memory, by the same rule; what finds no room there
 * goes back into its queue. Safe for use by many threads.
 *
 * @param <T> what waits
 */
final class Lanes<T> {

    /** What is done with something that came. */
    sealed interface Verdict {
        /** It is worked on. */
        record Go() implements Verdict {}

        /** It waits, and {@link #leave} returns it when its turn has come. */
        record Aside() implements Verdict {}

        /**
         * There is no room for it.
         *
         * @param comesAgainIn when there may be, if the crowd goes on as it does
         */
        record Full(Duration comesAgainIn) implements Verdict {}
    }

    private static final Duration SOONEST = Duration.ofMillis(100);
    private static final Duration LATEST = Duration.ofMinutes(2);
    /** Nobody knows yet how long one of the crowd takes. */
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    private record Waiting<T>(T what, long size) {}

    private static final class Lane<T> {
        private final Deque<Waiting<T>> aside = new ArrayDeque<>();
        private Optional<Duration> usual = Optional.empty();
        private Instant lastNumber = Instant.MIN;
        private int running;

        void took(Duration time) {
            usual = Optional.of(
                    usual.map(before -> before.multipliedBy(7).plus(time).dividedBy(8))
                            .orElse(time));
        }

        /** They come again one after the other, as fast as the crowd moves. */
        Duration number(int most, Instant now) {
            Duration step = usual.orElse(UNKNOWN).dividedBy(most);
            Instant first = now.plus(step.multipliedBy(aside.size()));
            Instant next = lastNumber.equals(Instant.MIN) ? first : lastNumber.plus(step);
            lastNumber = first.isAfter(next) ? first : next;
            Duration wait = Duration.between(now, lastNumber);
            if (wait.compareTo(LATEST) > 0) {
                lastNumber = now.plus(LATEST);
                return LATEST;
            }
            return wait.compareTo(SOONEST) < 0 ? SOONEST : wait;
        }
    }

    private final int places;
    private final long bytes;
    private final Clock clock;
    private final Map<String, Lane<T>> lanes = new LinkedHashMap<>();
    private int workers;
    private int running;
    private int aside;
    private long bytesAside;

    /**
     * Lanes without anybody in them.
     *
     * @param workers how many work
     * @param places how many may stand aside
     * @param bytes how large these may be together
     */
    Lanes(int workers, int places, long bytes, Clock clock) {
        this.workers = workers;
        this.places = places;
        this.bytes = bytes;
        this.clock = clock;
    }

    /** Has other workers from now on. */
    synchronized void workers(int many) {
        workers = many;
    }

    /**
     * Something came.
     *
     * @param crowd whom it belongs to; empty for somebody who need not leave room for others, and always waits his turn
     * @param most how many of the crowd are worked on at once
     * @param size how much room it takes when it stands aside
     */
    synchronized Verdict come(String crowd, int most, T what, long size) {
        Lane<T> lane = lanes.computeIfAbsent(crowd, key -> new Lane<>());
        if (mayRun(crowd, lane, most)) {
            run(lane);
            return new Verdict.Go();
        }
        boolean room = lane.aside.size() < places - aside && bytesAside + size <= bytes;
        if (room || crowd.isEmpty()) {
            lane.aside.add(new Waiting<>(what, size));
            aside++;
            bytesAside += size;
            return new Verdict.Aside();
        }
        Duration wait = lane.number(most, clock.instant());
        forgetEmpty(crowd, lane);
        return new Verdict.Full(wait);
    }

    /**
     * One of the crowd is done.
     *
     * @param took how long it was worked on
     * @param most how many of a crowd are worked on at once
     * @return those whose turn has come, which are worked on from now on, each with its crowd
     */
    synchronized List<Map.Entry<String, T>> leave(String crowd, int most, Duration took) {
        Lane<T> left = Objects.requireNonNull(lanes.get(crowd), "nobody is in the lane");
        left.running--;
        left.took(took);
        running--;
        forgetEmpty(crowd, left);
        List<Map.Entry<String, T>> next = new ArrayList<>();
        boolean more = aside > 0;
        while (more) {
            more = false;
            // One of each crowd in turn.
            for (Map.Entry<String, Lane<T>> entry : List.copyOf(lanes.entrySet())) {
                Lane<T> lane = entry.getValue();
                if (!lane.aside.isEmpty() && mayRun(entry.getKey(), lane, most)) {
                    Waiting<T> first = lane.aside.remove();
                    aside--;
                    bytesAside -= first.size();
                    run(lane);
                    next.add(Map.entry(entry.getKey(), first.what()));
                    more = true;
                }
            }
        }
        return next;
    }

    /** Nobody's turn comes any more. Returns those that stand aside. */
    synchronized List<T> close() {
        workers = 0;
        List<T> left = new ArrayList<>();
        lanes.values().forEach(lane -> {
            lane.aside.forEach(waiting -> left.add(waiting.what()));
            lane.aside.clear();
        });
        aside = 0;
        bytesAside = 0;
        return left;
    }

    private boolean mayRun(String crowd, Lane<T> lane, int most) {
        int free = workers - running;
        return crowd.isEmpty() ? free > 0 : lane.running < Math.min(most, free);
    }

    private void run(Lane<T> lane) {
        lane.running++;
        running++;
    }

    private void forgetEmpty(String crowd, Lane<T> lane) {
        if (lane.running == 0 && lane.aside.isEmpty()) {
            lanes.remove(crowd);
        }
    }
}
