package org.mailflow.core.config;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.CertificateRenewal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshot that runs. A reload builds the next one beside it and swaps it in one step, or is refused whole and
 * changes nothing. The last snapshots are kept, so that mail in flight is decided to its end on the one it began with.
 */
public final class LiveMailflow {

    /**
     * A snapshot with what is to be told of its configuration.
     *
     * @param mailflow the snapshot
     * @param loadedAt since when it runs
     * @param warnings what its configuration is warned of, in the order of the file
     */
    public record Loaded(Mailflow mailflow, Instant loadedAt, List<Problem> warnings) {
        /** Copies the warnings. */
        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(LiveMailflow.class);
    private static final int KEPT = 16;

    private final LongFunction<Configuration> loader;
    private final Clock clock;
    private final ConcurrentSkipListMap<Long, Mailflow> kept = new ConcurrentSkipListMap<>();
    private final List<Consumer<Mailflow>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> refusalListeners = new CopyOnWriteArrayList<>();
    private volatile Loaded current;

    /**
     * Loads the first snapshot.
     *
     * @param loader reads the configuration, and gives the snapshot the generation it is told
     * @throws InvalidConfigurationException where the configuration has an error
     */
    public LiveMailflow(LongFunction<Configuration> loader, Clock clock) throws InvalidConfigurationException {
        this.loader = loader;
        this.clock = clock;
        this.current = load(0);
        kept.put(current.mailflow().generation(), current.mailflow());
    }

    /** The snapshot for what begins now. */
    public Mailflow current() {
        return current.mailflow();
    }

    /** The same with since when it runs, and what its configuration is warned of. */
    public Loaded loaded() {
        return current;
    }

    /** The snapshot of this generation; the current one where that is no longer kept. */
    public Mailflow at(long generation) {
        return kept.getOrDefault(generation, current());
    }

    /** Every snapshot that mail in flight may still be decided on, the current one among them. */
    public Collection<Mailflow> kept() {
        return List.copyOf(kept.values());
    }

    /**
     * Reads the configuration anew and swaps it in. The outcome is logged, with every problem.
     *
     * @return the new snapshot
     * @throws InvalidConfigurationException where it has an error; the old snapshot goes on
     */
    public synchronized Mailflow reload() throws InvalidConfigurationException {
        try {
            Loaded loaded = load(current().generation());
            swapIn(loaded);
            loaded.warnings().forEach(warning -> LOGGER.warn("{}", warning));
            LOGGER.info(
                    "Reloaded: generation {}, {} warnings",
                    loaded.mailflow().generation(),
                    loaded.warnings().size());
            return loaded.mailflow();
        } catch (InvalidConfigurationException e) {
            LOGGER.warn("Reload refused; the old configuration goes on:\n{}", e.getMessage());
            refusalListeners.forEach(LiveMailflow::tell);
            throw e;
        }
    }

    /**
     * Takes certificates of this server whose files were renewed; everything else stays as it is. A pair that cannot be used
     * (half written, or a key without its certificate) is left as it was, to be tried again.
     *
     * @return what is to be told of each certificate that was renewed, or cannot be
     */
    public synchronized List<CertificateRenewal> renewCertificates() {
        List<CertificateRenewal> renewals = current().server().certificates().stream()
                .map(CertificateRenewal::of)
                .toList();
        if (renewals.stream().anyMatch(CertificateRenewal::isRenewed)) {
            Mailflow old = current();
            Mailflow next = new Mailflow(
                    nextGeneration(old.generation()),
                    old.server()
                            .withCertificates(renewals.stream()
                                    .map(CertificateRenewal::certificate)
                                    .toList()),
                    old.organizations(),
                    old.signingKey(),
                    old.clock());
            swapIn(new Loaded(next, clock.instant(), current.warnings()));
        }
        return renewals.stream().filter(CertificateRenewal::isWorthTelling).toList();
    }

    private void swapIn(Loaded loaded) {
        Mailflow next = loaded.mailflow();
        kept.put(next.generation(), next);
        while (kept.size() > KEPT) {
            kept.pollFirstEntry();
        }
        current = loaded;
        listeners.forEach(listener -> tell(() -> listener.accept(next)));
    }

    /** The snapshot is in use already: what goes wrong with one who is told must not keep it from the others. */
    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOGGER.error("A part of the server did not take a reload", e);
        }
    }

    /** Asks to be told of every later snapshot, on the thread that reloads. */
    public void onReload(Consumer<Mailflow> listener) {
        listeners.add(listener);
    }

    /** Asks to be told of every reload that is refused, on the thread that reloads. */
    public void onRefusal(Runnable listener) {
        refusalListeners.add(listener);
    }

    /** Generations grow over restarts too, since mail in the spool remembers its own. */
    private long nextGeneration(long previous) {
        return Math.max(previous + 1, clock.millis());
    }

    private Loaded load(long previous) throws InvalidConfigurationException {
        Configuration configuration = loader.apply(nextGeneration(previous));
        return configuration
                .mailflow()
                .map(mailflow -> new Loaded(mailflow, clock.instant(), configuration.problems()))
                .orElseThrow(() -> new InvalidConfigurationException(configuration.problems()));
    }
}
