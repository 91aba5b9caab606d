package org.mailflow.assembly.operation;

import com.google.common.base.Stopwatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.QueueOperations;
import org.mailflow.core.operation.QueueSummary;

/**
 * The queues as they were a moment ago. To look into them is to look at every mail, so health checks, status and metrics, which
 * ask again and again, share a look; and whoever comes while somebody looks waits for what he sees.
 */
@Singleton
final class RecentQueues {

    private static final Duration GOOD_FOR = Duration.ofSeconds(30);
    /** Into long queues it is looked less often: the broker hands out less while somebody looks through them. */
    private static final int TIMES_AS_LONG = 20;

    /**
     * What was seen.
     *
     * @param at when
     */
    record Look(List<QueueSummary> queues, Instant at) {
        Look {
            queues = List.copyOf(queues);
        }
    }

    private record Kept(Look look, Duration goodFor, Stopwatch age) {}

    private final QueueOperations queues;
    private final Clock clock;
    private Optional<Kept> last = Optional.empty();

    @Inject
    RecentQueues(QueueOperations queues, Clock clock) {
        this.queues = queues;
        this.clock = clock;
    }

    /**
     * The last look, or a new one where that is too old.
     *
     * @throws OperationException where a queue cannot be looked into
     */
    synchronized Look look() throws OperationException {
        Optional<Kept> young = last.filter(kept -> kept.age().elapsed().compareTo(kept.goodFor()) < 0);
        if (young.isPresent()) {
            return young.get().look();
        }
        Stopwatch looking = Stopwatch.createStarted();
        Look look = new Look(queues.queues(), clock.instant());
        last = Optional.of(new Kept(look, goodFor(looking.elapsed()), Stopwatch.createStarted()));
        return look;
    }

    private static Duration goodFor(Duration taken) {
        Duration rest = taken.multipliedBy(TIMES_AS_LONG);
        return rest.compareTo(GOOD_FOR) > 0 ? rest : GOOD_FOR;
    }
}
