package org.mailflow.delivery.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.delivery.custody.Lanes.Verdict;

class LanesTest {

    private static final int MOST = 20;

    private static final Verdict GO = new Verdict.Go();
    private static final Verdict ASIDE = new Verdict.Aside();
    private static final Duration TOOK = Duration.ofMillis(400);

    private final Clock clock = Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final Lanes<String> lanes = new Lanes<>(40, 100, 1_000, clock);

    private Verdict come(String crowd, String what) {
        return lanes.come(crowd, MOST, what, 1);
    }

    private int run(String crowd, int count) {
        int running = 0;
        for (int i = 0; i < count; i++) {
            running += come(crowd, crowd + i).equals(GO) ? 1 : 0;
        }
        return running;
    }

    @ParameterizedTest
    @CsvSource({"20, 20", "5, 5", "40, 20"})
    void aCrowdHasWhatItMayHaveAndHalfOfTheWorkersAtMost(int most, int expected) {
        int running = 0;
        for (int i = 0; i < 60; i++) {
            running += lanes.come("a", most, "a" + i, 1).equals(GO) ? 1 : 0;
        }

        assertThat(running).isEqualTo(expected);
    }

    @Test
    void whoeverComesNextFindsAWorkerHoweverManyStandStill() {
        List<Integer> had = new ArrayList<>();
        for (int crowd = 0; crowd < 5; crowd++) {
            had.add(run("slow" + crowd, 50));
        }

        assertThat(had).containsExactly(20, 10, 5, 3, 1);
        assertThat(come("another", "mail")).isEqualTo(GO);
    }

    @Test
    void whatHasToWaitStandsAsideUntilItsTurnAndInItsOrder() {
        run("a", 23);

        assertThat(lanes.leave("a", MOST, TOOK)).containsExactly(Map.entry("a", "a20"));
        assertThat(lanes.leave("a", MOST, TOOK)).containsExactly(Map.entry("a", "a21"));
    }

    @Test
    void noCrowdFillsTheRoomAside() {
        run("a", 20);
        List<Verdict> more = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            more.add(come("a", "more" + i));
        }
        run("b", 10);

        assertThat(more.stream().filter(ASIDE::equals)).hasSize(50);
        assertThat(more.stream().filter(Verdict.Full.class::isInstance)).hasSize(10);
        assertThat(come("b", "b")).isEqualTo(ASIDE);
    }

    @Test
    void whatGoesBackComesAgainAsFastAsTheCrowdMoves() {
        run("a", 70);
        Verdict unknown = come("a", "x");
        lanes.leave("a", MOST, TOOK);
        come("a", "fills the room again");

        List<Verdict> known = List.of(come("a", "y"), come("a", "z"));

        assertThat(unknown).isEqualTo(new Verdict.Full(Duration.ofMillis(2_500)));
        // Twenty at once, 400 ms each: one in 20 ms.
        assertThat(known)
                .containsExactly(
                        new Verdict.Full(Duration.ofMillis(2_520)), new Verdict.Full(Duration.ofMillis(2_540)));
    }

    @Test
    void largeOnesDoNotFillTheMemory() {
        run("a", 20);

        assertThat(lanes.come("a", MOST, "large", 900)).isEqualTo(ASIDE);
        assertThat(lanes.come("a", MOST, "large", 900)).isInstanceOf(Verdict.Full.class);
    }

    @Test
    void mailsThatNeedNotLeaveRoomHaveAllWorkersAndNeverGoBack() {
        int running = 0;
        int aside = 0;
        for (int i = 0; i < 300; i++) {
            Verdict verdict = lanes.come("", Integer.MAX_VALUE, "mail", 100);
            running += verdict.equals(GO) ? 1 : 0;
            aside += verdict.equals(ASIDE) ? 1 : 0;
        }

        assertThat(running).isEqualTo(40);
        assertThat(aside).isEqualTo(260);
    }

    @Test
    void afterTheEndNobodysTurnComes() {
        run("a", 25);

        assertThat(lanes.close()).containsExactly("a20", "a21", "a22", "a23", "a24");
        assertThat(lanes.leave("a", MOST, TOOK)).isEmpty();
    }

    @Test
    void everyMailRunsOnceAndNoMoreThanThereAreWorkersWhateverComesAndGoes() {
        Random random = new Random(6);
        Lanes<Integer> many = new Lanes<>(7, 10, 1_000, clock);
        Map<Integer, String> running = new HashMap<>();
        Set<Integer> ran = new HashSet<>();
        Set<Integer> waiting = new HashSet<>();
        int full = 0;
        int mails = 20_000;
        for (int mail = 0; mail < mails; mail++) {
            String crowd = "crowd" + random.nextInt(4);
            Verdict verdict = many.come(crowd, 3, mail, random.nextInt(200));
            if (verdict.equals(GO)) {
                assertThat(running.put(mail, crowd)).isNull();
            } else if (verdict.equals(ASIDE)) {
                waiting.add(mail);
            } else {
                full++;
            }
            while (!running.isEmpty() && random.nextInt(100) < 60) {
                end(many, running, ran, waiting);
            }
            assertThat(running).hasSizeLessThanOrEqualTo(7);
        }
        while (!running.isEmpty()) {
            end(many, running, ran, waiting);
        }

        assertThat(waiting).isEmpty();
        assertThat(ran).hasSize(mails - full);
    }

    private static void end(
            Lanes<Integer> lanes, Map<Integer, String> running, Set<Integer> ran, Set<Integer> waiting) {
        int done = running.keySet().iterator().next();
        String crowd = running.remove(done);
        assertThat(ran.add(done)).isTrue();
        lanes.leave(String.valueOf(crowd), 3, TOOK).forEach(next -> {
            assertThat(waiting.remove(next.getValue())).isTrue();
            assertThat(running.put(next.getValue(), next.getKey())).isNull();
        });
    }
}
