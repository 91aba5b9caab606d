package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.RandomPremises.Home;
import org.mailflow.core.decision.TwoPremises.End;
import org.mailflow.core.decision.TwoPremises.Outcome;
import org.mailflow.core.decision.TwoPremises.Visit;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.Explanation.OfRecipient;
import org.mailflow.core.explain.Question;

/**
 * A thousand hybrid deployments, of which every other one is sound, and what holds of every mail in each of them. A failure names its
 * seed, and shows the deployment.
 */
class RandomPremisesTest {

    private static final int DEPLOYMENTS = 1_000;
    private static final int MAILS = 12;
    private static final int MOST_RECIPIENTS = 4;
    private static final int USUAL_LIMIT = 30;
    private static final int HOPS_AFTER_IT = 2;

    /**
     * How often a mail for one person may visit a server. It comes from the internet or from a user to one side, which may hand it to
     * the other: once each. Centralized mail transport shows it to on-premises first: the cloud has it before and after.
     */
    private static final int VISITS = 1;

    private static final int VISITS_OF_THE_CLOUD_WHEN_CENTRALIZED = 2;
    /** A copy more needs a way that the mail did not take yet. */
    private static final int MOST_ARRIVALS = 100;

    private static final EmailAddress STRANGER = EmailAddress.parse("ernest@cpandl.com");

    private final Map<End, Integer> ends = new EnumMap<>(End.class);
    private int loops;
    private int tooManyHops;
    private int visitedTwice;

    @Test
    void everyMailEndsWhereItMay(@TempDir Path directory) throws IOException {
        for (int seed = 0; seed < DEPLOYMENTS; seed++) {
            RandomPremises premises = RandomPremises.of(seed, seed % 2 == 0);
            try {
                sendMails(premises, premises.written(directory), new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + premises.story(), e);
            }
        }

        assertThat(ends).as("nothing was left out").containsOnlyKeys(End.values());
        assertThat(loops).as("loops that a mark ended").isGreaterThan(100);
        assertThat(tooManyHops).as("loops that the hop limit ended").isGreaterThan(50);
        assertThat(visitedTwice).as("mails that visited the cloud twice").isGreaterThan(100);
    }

    private void sendMails(RandomPremises premises, TwoPremises world, Random random) {
        List<EmailAddress> anybody = premises.recipients();
        for (int i = 0; i < MAILS; i++) {
            int size = i % 2 == 0 ? 1 : 1 + random.nextInt(MOST_RECIPIENTS);
            List<EmailAddress> recipients = random.ints(size, 0, anybody.size())
                    .distinct()
                    .mapToObj(anybody::get)
                    .toList();
            int exchanger = premises.exchanger(recipients.get(0));
            switch (random.nextInt(4)) {
                case 0 -> sent(premises, world, exchanger, TwoPremises.stranger(), Optional.of(STRANGER), recipients);
                case 1 -> sent(premises, world, exchanger, TwoPremises.stranger(), Optional.empty(), recipients);
                case 2 -> sentByUser(premises, world, TwoPremises.ON_PREMISES, recipients);
                default -> sentByUser(premises, world, TwoPremises.CLOUD, recipients);
            }
        }
    }

    private void sentByUser(RandomPremises premises, TwoPremises world, int side, List<EmailAddress> recipients) {
        EmailAddress user = premises.user(side);
        sent(premises, world, side, TwoPremises.user(user), Optional.of(user), recipients);
    }

    private void sent(
            RandomPremises premises,
            TwoPremises world,
            int side,
            Peer peer,
            Optional<EmailAddress> sender,
            List<EmailAddress> recipients) {
        world.send(side, peer, sender, recipients);
        count(world);
        try {
            nobodyIsForgotten(world, recipients);
            nobodyReceivesItTwiceByOneWay(world);
            hopsAreWithinTheLimit(premises, world);
            senderIsToldOnce(world, premises);
            explainSaysTheSame(world);
            if (!premises.stripsMarks()) {
                aRoundIsClosedOnce(world);
                aLoopIsOne(world);
            }
            if (premises.isSound()) {
                visitsAreWithinTheFlow(premises, world);
                arrives(premises, world, recipients);
            }
        } catch (AssertionError e) {
            String what =
                    "from " + sender.map(Object::toString).orElse("<>") + " by side " + side + " to " + recipients;
            throw new AssertionError(what + ": " + e.getMessage() + world.story(), e);
        }
    }

    private void count(TwoPremises world) {
        world.outcomes.forEach(outcome -> {
            ends.merge(outcome.end(), 1, Integer::sum);
            loops += outcome.why().startsWith("a loop is closed") ? 1 : 0;
            tooManyHops += outcome.why().contains(" hops, and ") ? 1 : 0;
        });
        boolean twice = trails(world)
                .anyMatch(trail -> trail.stream()
                                .filter(visit -> visit.side() == TwoPremises.CLOUD)
                                .count()
                        > 1);
        visitedTwice += twice ? 1 : 0;
    }

    /** Every recipient's mail ends; where its copies are dropped, one was for somebody who has the mail. */
    private static void nobodyIsForgotten(TwoPremises world, List<EmailAddress> recipients) {
        Set<EmailAddress> served = served(world);
        for (EmailAddress recipient : recipients) {
            boolean ended = world.outcomes.stream()
                    .filter(outcome -> isFor(outcome, recipient))
                    .anyMatch(outcome -> outcome.end() != End.DROPPED || served.contains(outcome.address()));
            law(ended, () -> "nothing became of the mail for " + recipient);
        }
    }

    /** All who have a copy, by every address that it passed on its way to them. */
    private static Set<EmailAddress> served(TwoPremises world) {
        return world.outcomes.stream()
                .filter(outcome -> outcome.end() == End.DELIVERED || outcome.end() == End.OUTSIDE)
                .flatMap(outcome -> outcome.trails().stream())
                .flatMap(List::stream)
                .map(Visit::address)
                .collect(Collectors.toSet());
    }

    private static boolean isFor(Outcome outcome, EmailAddress recipient) {
        return outcome.trails().stream()
                .anyMatch(trail -> trail.isEmpty()
                        ? outcome.address().equals(recipient)
                        : trail.get(0).recipient().equals(recipient));
    }

    private static Stream<List<Visit>> trails(TwoPremises world) {
        return world.outcomes.stream().flatMap(outcome -> outcome.trails().stream());
    }

    private static void nobodyReceivesItTwiceByOneWay(TwoPremises world) {
        Set<List<Visit>> ways = new HashSet<>();
        world.outcomes.stream()
                .filter(outcome -> outcome.end() == End.DELIVERED || outcome.end() == End.OUTSIDE)
                .flatMap(outcome -> outcome.trails().stream())
                .forEach(trail -> law(ways.add(trail), () -> "received twice by " + trail));
    }

    /** No copy takes a way twice: through the same groups, for the same address, by the same connector. */
    private static void aRoundIsClosedOnce(TwoPremises world) {
        trails(world).forEach(trail -> {
            Set<Visit> taken = new HashSet<>();
            trail.stream()
                    .filter(Visit::leaves)
                    .forEach(visit -> law(taken.add(visit.withoutRecipient()), () -> "a way taken twice: " + trail));
        });
    }

    /** A loop is told of only where the mail was before. */
    private static void aLoopIsOne(TwoPremises world) {
        world.outcomes.stream()
                .filter(outcome -> outcome.why().startsWith("a loop is closed"))
                .forEach(outcome -> law(
                        outcome.trails().stream()
                                .anyMatch(trail -> trail.stream()
                                                .filter(visit -> visit.side() == outcome.side())
                                                .count()
                                        > 1),
                        () -> "no loop: " + outcome));
    }

    private static void hopsAreWithinTheLimit(RandomPremises premises, TwoPremises world) {
        if (premises.hopLimitsAreTight()) {
            return;
        }
        if (premises.stripsMarks()) {
            law(world.mostHops() <= USUAL_LIMIT + HOPS_AFTER_IT, () -> "hops: " + world.mostHops());
        } else {
            law(
                    world.outcomes.stream().noneMatch(outcome -> outcome.why().contains(" hops, and ")),
                    () -> "the hop limit caught what the mark should have");
            law(world.arrivals() <= MOST_ARRIVALS, () -> world.arrivals() + " copies arrived");
        }
    }

    private static void senderIsToldOnce(TwoPremises world, RandomPremises premises) {
        long told = world.answers.stream()
                .filter(answer -> answer.end() != End.DROPPED)
                .count();
        law(told == world.answersSent(), () -> world.answersSent() + " answers, of which ended " + told);
        law(world.answers.stream().noneMatch(answer -> answer.end() == End.RETURNED), () -> "an answer was answered");
        if (premises.isSound()) {
            law(
                    world.answers.stream()
                            .allMatch(answer -> answer.end() == End.DELIVERED || answer.end() == End.OUTSIDE),
                    () -> "an answer did not arrive");
        }
    }

    /** Of a mail that was not here before {@code explain} says what becomes of each of its recipients. */
    private static void explainSaysTheSame(TwoPremises world) {
        world.firstPlans.forEach(first -> first.recipients().forEach(recipient -> {
            Question question = new Question(first.peer(), first.sender(), List.of(recipient), List.of());
            OfRecipient explained = Explainer.explain(world.side(first.side()), question, TwoPremises.NOW)
                    .recipients()
                    .get(0);
            List<OfRecipient> ways = explained.members().isEmpty() ? List.of(explained) : explained.members();
            Set<String> said = ways.stream()
                    .map(way -> way.route().orElse("?") + " to "
                            + way.deliveryAddress().orElse("?"))
                    .collect(Collectors.toSet());
            Set<String> done = first.plan().groups().stream()
                    .flatMap(group -> group.recipients().stream()
                            .filter(routed -> routed.recipient().equals(recipient))
                            .map(routed -> group.route().word() + " to " + routed.deliveryAddress()))
                    .collect(Collectors.toSet());
            law(said.equals(done), () -> "explain says " + said + " of " + recipient + ", and it is " + done);
        }));
    }

    private static void visitsAreWithinTheFlow(RandomPremises premises, TwoPremises world) {
        trails(world).forEach(trail -> {
            Map<String, Long> visits = trail.stream()
                    .collect(Collectors.groupingBy(
                            visit -> visit.side() + " by " + RandomPremises.person(visit.recipient()),
                            Collectors.counting()));
            visits.forEach((where, often) -> {
                int most = premises.isCentralized() && where.startsWith("1")
                        ? VISITS_OF_THE_CLOUD_WHEN_CENTRALIZED
                        : VISITS;
                law(often <= most, () -> often + " visits of " + where + ": " + trail);
            });
        });
    }

    private static void arrives(RandomPremises premises, TwoPremises world, List<EmailAddress> recipients) {
        nothingIsALoop(world);
        if (recipients.size() > 1) {
            return;
        }
        premises.home(recipients.get(0)).ifPresent(home -> {
            End end = home == Home.OUTSIDE ? End.OUTSIDE : End.DELIVERED;
            boolean arrived = world.outcomes.size() == 1
                    && world.outcomes.get(0).end() == end
                    && world.outcomes.get(0).side() == home.side();
            law(arrived, () -> "not at " + home);
        });
    }

    /** In a sound deployment nothing is a loop, however often groups lead to each other. */
    private static void nothingIsALoop(TwoPremises world) {
        world.outcomes.stream()
                .filter(outcome -> outcome.why().contains("loop"))
                .forEach(loop -> law(false, () -> "a loop where there is none: " + loop));
    }

    private static void law(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }
}
