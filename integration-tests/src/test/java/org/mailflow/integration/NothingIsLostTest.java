package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.peers.RequiresPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mail that was answered with 250 arrives at each of its recipients, however often the server is killed, while the next
 * hop refuses every other recipient for the time being. What arrives is counted at a Postfix, and in the mailboxes.
 *
 * <p>The system properties {@code faults.mails}, {@code faults.kills} and {@code faults.seed} set how many mails, how many
 * kills, and which.
 */
@Tag("faults")
@RequiresPeer("postfix")
class NothingIsLostTest {

    private static final Logger LOGGER = LoggerFactory.getLogger(NothingIsLostTest.class);

    private static final List<KillPoint> POINTS = List.of(KillPoint.values());
    private static final int MAILS = Integer.getInteger("faults.mails", 5_000);
    private static final int KILLS = Integer.getInteger("faults.kills", 10);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int MAILS_WITHOUT_KILLS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    /** Mails that the server works on at once: ten in the spool, and ten for each connector. */
    private static final int IN_HAND = 30;

    @Test
    void everyAcceptedMailArrivesThroughSigkillAtAnyPoint(@TempDir Path directory) throws Exception {
        Random random = new Random(SEED);
        LOGGER.info("{} mails, {} kills, faults.seed={}", MAILS, KILLS, SEED);
        try (FaultyWorld world = FaultyWorld.refusingHalfTheTime(directory, directory.resolve("data"));
                Submitters clients = new Submitters(MAILS)) {
            for (int kill = 0; kill < KILLS; kill++) {
                int due = (int) ((kill + random.nextDouble()) * MAILS / (KILLS + 1));
                KillPoint point = POINTS.get(kill % POINTS.size());
                runAndKill(world, clients, due, point);
            }

            try (TestServer last = world.startHere()) {
                clients.serverAt(last.port());
                awaitEnd(clients, last);
                Arrivals arrivals = Arrivals.count(last, world.postfix());

                tell(arrivals);
                assertThat(clients.accepted()).isEqualTo(numbers(MAILS));
                assertThat(arrivals.missing(clients.accepted())).isEmpty();
                assertThat(sum(arrivals.duplicates())).isLessThanOrEqualTo(KILLS * IN_HAND);
            }
        }
    }

    @Test
    void noMailArrivesTwiceWhereNobodyKills(@TempDir Path directory) throws Exception {
        try (FaultyWorld world = FaultyWorld.refusingHalfTheTime(directory, directory.resolve("data"));
                TestServer gateway = world.startHere();
                Submitters clients = new Submitters(MAILS_WITHOUT_KILLS)) {
            clients.serverAt(gateway.port());
            awaitEnd(clients, gateway);

            Arrivals arrivals = Arrivals.count(gateway, world.postfix());

            assertThat(arrivals.missing(numbers(MAILS_WITHOUT_KILLS))).isEmpty();
            assertThat(sum(arrivals.repeated())).isZero();
        }
    }

    /** Kills the server when so many mails were accepted, at the next mail that is at this point of its life. */
    private static void runAndKill(FaultyWorld world, Submitters clients, int due, KillPoint point) throws Exception {
        ChildServer server = world.launch().awaitStart();
        try {
            clients.serverAt(server.port());
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> clients.acceptedMails() >= due || clients.isDone());
            assertThat(clients.refusals()).isEmpty();
            world.events().await(point::isAt);
        } finally {
            clients.noServer();
            server.kill();
        }
        LOGGER.info("killed at {} after {} mails", point, clients.acceptedMails());
    }

    private static void awaitEnd(Submitters clients, TestServer server) {
        await().atMost(PATIENCE).until(clients::isDone);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(server::queuedMails, queued -> queued == 0);
    }

    private static void tell(Arrivals arrivals) {
        LOGGER.info(
                "{} kills: the gateway made {} duplicates; with what clients sent again, {}",
                KILLS,
                arrivals.duplicates(),
                arrivals.repeated());
    }

    private static Set<Integer> numbers(int end) {
        return IntStream.range(0, end).boxed().collect(Collectors.toSet());
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
