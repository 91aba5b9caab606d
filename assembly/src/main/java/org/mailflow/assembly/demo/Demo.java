package org.mailflow.assembly.demo;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two premises and an internet, from the start to the last trace of them. */
final class Demo implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Demo.class);
    private static final List<Side> SIDES = List.of(
            new Side(Place.ON_PREMISES, "onpremises", "chris@contoso.com"),
            new Side(Place.CLOUD, "cloud", "david@contoso.com"));

    private record Side(Place place, String configuration, String user) {}

    private final Path configurations;
    private final DemoDirectory directory;
    private final Consumer<String> progress;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Object closing = new Object();
    private boolean closed;

    /**
     * A demo that has not begun.
     *
     * @param configurations the directory with those of the two sides
     * @param directory where it writes; closed with the demo
     * @param progress is told what is being done
     */
    Demo(Path configurations, DemoDirectory directory, Consumer<String> progress) {
        this.configurations = configurations;
        this.directory = directory;
        this.progress = progress;
        running.push(directory);
    }

    /**
     * Starts everything and plays scenarios, one after the other.
     *
     * @throws InterruptedException where the demo was closed meanwhile
     * @throws Exception where a server does not start
     */
    List<ScenarioResult> run(List<Scenario> scenarios) throws Exception {
        progress.accept("Starting the two premises of contoso.com");
        DemoNetwork network = own(DemoNetwork.start());
        DemoInternet internet = own(DemoInternet.start(network));
        DemoStage stage = new DemoStage(network, internet, startPremises(network), stop);
        List<ScenarioResult> results = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            progress.accept("Running " + scenario.name() + ": " + scenario.title());
            results.add(scenario.run(stage));
        }
        progress.accept("Looking once more for copies that should not be");
        List<ScenarioResult> judged = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            judged.add(scenarios.get(i).lookAgain(stage, results.get(i)));
        }
        return judged;
    }

    /** Both at once: each takes seconds. */
    private Map<Place, DemoPremises> startPremises(DemoNetwork network) throws Exception {
        ExecutorService starters = Executors.newFixedThreadPool(SIDES.size());
        try {
            List<Callable<DemoPremises>> starts = new ArrayList<>();
            SIDES.forEach(side -> starts.add(() -> start(side, network)));
            Map<Place, DemoPremises> started = new EnumMap<>(Place.class);
            for (Future<DemoPremises> start : starters.invokeAll(starts)) {
                started.put(start.get().place(), start.get());
            }
            return started;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            starters.shutdown();
        }
    }

    private DemoPremises start(Side side, DemoNetwork network) throws Exception {
        return own(DemoPremises.start(
                side.place(),
                network,
                directory.copyOf(configurations.resolve(side.configuration()), side.configuration() + "-conf"),
                directory.directory(side.configuration()),
                side.user()));
    }

    /** Notes what must be closed; at once, where the demo was closed while it started. */
    private <T extends AutoCloseable> T own(T part) throws Exception {
        synchronized (this) {
            if (!closed) {
                running.push(part);
                return part;
            }
        }
        part.close();
        throw new InterruptedException("the demo was stopped");
    }

    /**
     * Stops everything, the last first, and removes what was written. Whoever calls it, from whichever thread, returns
     * when all of it is done.
     */
    @Override
    public void close() {
        stop.countDown();
        synchronized (closing) {
            List<AutoCloseable> parts;
            synchronized (this) {
                closed = true;
                parts = List.copyOf(running);
                running.clear();
            }
            // Each side takes a while to end in order; everything else is quick.
            parts.parallelStream().filter(DemoPremises.class::isInstance).forEach(Demo::close);
            parts.stream().filter(part -> !(part instanceof DemoPremises)).forEach(Demo::close);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOGGER.warn("cannot close {}: {}", part.getClass().getSimpleName(), e.toString());
        }
    }
}
