package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;

/** Groups and forwarding addresses lead to everybody behind them, once, and to nobody else. */
class ExpansionTest {

    private static final int NODES = 8;
    private static final Peer STRANGER =
            new Peer(IpAddress.parse("203.0.113.7"), Optional.empty(), PeerIdentity.none(), Optional.empty());

    @Test
    void everyMemberTakesHisOwnWay() {
        Mailflow mailflow = groups(Map.of("staff", List.of("chris", "david", "contact")));

        RoutePlan plan = plan(mailflow, "staff");

        assertThat(ways(plan))
                .containsExactly(
                        "local chris@contoso.com",
                        "connector contoso/To the cloud david@contoso.mail.onmicrosoft.com",
                        "mx erin@cpandl.com");
        assertThat(reasons(plan)).allMatch(reason -> reason.startsWith("through staff@contoso.com: "));
    }

    @Test
    void aMemberOfSeveralGroupsReceivesOneCopy() {
        Mailflow mailflow = groups(Map.of(
                "all", List.of("sales", "staff", "chris"), "sales", List.of("chris"), "staff", List.of("chris")));

        assertThat(ways(plan(mailflow, "all"))).containsExactly("local chris@contoso.com");
        assertThat(recipientsOf(plan(mailflow, "all", "chris")))
                .containsExactly("all@contoso.com", "chris@contoso.com");
    }

    @Test
    void aForwardThatKeepsACopyDeliversBoth() {
        Mailflow mailflow = groups(Map.of("boss", List.of("boss", "david")));

        assertThat(ways(plan(mailflow, "boss")))
                .containsExactly(
                        "local boss@contoso.com", "connector contoso/To the cloud david@contoso.mail.onmicrosoft.com");
    }

    @Test
    void aLoopIsHarmlessWhereSomebodyIsLeft() {
        Mailflow mailflow = groups(Map.of("a", List.of("b", "chris"), "b", List.of("a")));

        assertThat(ways(plan(mailflow, "a"))).containsExactly("local chris@contoso.com");
        assertThat(ways(plan(mailflow, "b"))).containsExactly("local chris@contoso.com");
        assertThat(ways(plan(mailflow, "a", "b")))
                .contains("local chris@contoso.com")
                .doesNotContain("loop");
    }

    @Test
    void aLoopThatLeadsToNobodyIsReturned() {
        Mailflow mailflow = groups(Map.of("a", List.of("b"), "b", List.of("a")));

        RoutePlan plan = plan(mailflow, "a");

        assertThat(ways(plan)).containsExactly("loop a@contoso.com");
        assertThat(RouteFailure.of(plan.groups().get(0).route()))
                .map(Reply::enhancedStatus)
                .contains("5.4.6");
    }

    @Test
    void aGroupWithoutMembersIsRefusedAtTheDoor() {
        Mailflow mailflow = groups(Map.of("empty", List.of(), "full", List.of("empty", "chris")));

        assertThat(decide(mailflow, STRANGER, "empty").isAccepted()).isFalse();
        assertThat(decide(mailflow, STRANGER, "full").isAccepted()).isTrue();
        assertThat(ways(plan(mailflow, "full"))).containsExactly("local chris@contoso.com");
        assertThat(ways(plan(mailflow, "empty"))).containsExactly("unknown recipient empty@contoso.com");
    }

    @Test
    void whoIsOnlyAnotherNameExistsWhereTheOneBehindItDoes() {
        Mailflow mailflow = groups(Map.of(
                "alias", List.of("chris"),
                "typo", List.of("nobody"),
                "twice", List.of("typo"),
                "late", List.of("flaky"),
                "outside", List.of("erin@cpandl.com"),
                "own", List.of("own"),
                "team", List.of("staff"),
                "staff", List.of("nobody", "chris"),
                "ping", List.of("pong"),
                "pong", List.of("ping")));

        assertThat(replyTo(mailflow, "alias")).isEqualTo("250");
        assertThat(replyTo(mailflow, "outside")).isEqualTo("250");
        assertThat(replyTo(mailflow, "own")).isEqualTo("250");
        assertThat(replyTo(mailflow, "team")).isEqualTo("250");
        assertThat(replyTo(mailflow, "typo")).isEqualTo(Reply.RECIPIENT_REJECTED.toString());
        assertThat(replyTo(mailflow, "twice")).isEqualTo(Reply.RECIPIENT_REJECTED.toString());
        assertThat(replyTo(mailflow, "ping")).isEqualTo(Reply.RECIPIENT_REJECTED.toString());
        assertThat(replyTo(mailflow, "late")).isEqualTo(Reply.DIRECTORY_UNAVAILABLE.toString());
        assertThat(decide(mailflow, STRANGER, "typo").steps()).last().satisfies(step -> assertThat(
                        step.reason().text())
                .startsWith("nobody@contoso.com is not in the directory"));
    }

    @Test
    void whetherAUserIsHimselfIsAskedAgainWhereNoDirectoryAnswers() {
        Mailflow up = groups(Map.of());
        Mailflow down = Contoso.mailflow(asked -> new DirectoryAnswer.Unavailable("time-out"));

        assertThat(replyToUser(up, "chris", "info")).isEqualTo("250");
        assertThat(replyToUser(up, "chris", "david")).isEqualTo(Reply.SEND_AS_DENIED.toString());
        assertThat(replyToUser(up, "chris", "flaky")).isEqualTo(Reply.DIRECTORY_UNAVAILABLE.toString());
        assertThat(replyToUser(down, "chris", "info")).isEqualTo(Reply.DIRECTORY_UNAVAILABLE.toString());
        assertThat(replyToUser(down, "chris", "chris")).isEqualTo("250");
    }

    @Test
    void aMemberThatCannotBeToldWaitsAlone() {
        Mailflow mailflow = groups(Map.of("staff", List.of("flaky", "chris")));

        assertThat(ways(plan(mailflow, "staff"))).containsExactly("wait flaky@contoso.com", "local chris@contoso.com");
    }

    @Test
    void anExternalMemberLeavesAsAContactDoes() {
        Mailflow mailflow = groups(Map.of("partners", List.of("frank@cpandl.com")));

        RoutePlan incoming =
                Router.plan(mailflow, Optional.of(Contoso.ERIN), Optional.of(incoming()), List.of(address("partners")));

        assertThat(ways(incoming)).containsExactly("mx frank@cpandl.com");
        assertThat(incoming.contacts().contacts()).containsOnlyKeys(EmailAddress.parse("frank@cpandl.com"));
        assertThat(ways(Router.plan(
                        mailflow,
                        Optional.of(Contoso.ERIN),
                        Optional.of(incoming()),
                        List.of(EmailAddress.parse("frank@cpandl.com")),
                        incoming.contacts())))
                .containsExactly("mx frank@cpandl.com");
    }

    /** Against a definition that is not the code's: reachability. */
    @Property(tries = 500)
    void reachesWhomeverAPathLeadsToAndNobodyElse(@ForAll("graphs") Map<Integer, List<Integer>> graph) {
        Map<String, List<String>> names = new HashMap<>();
        graph.forEach((group, members) -> names.put(
                "g" + group, members.stream().map(ExpansionTest::nodeName).toList()));
        Mailflow mailflow = groups(names);

        for (Integer group : graph.keySet()) {
            List<String> reached = plan(mailflow, "g" + group).groups().stream()
                    .filter(way -> way.route() instanceof Route.Local)
                    .flatMap(way -> way.recipients().stream())
                    .map(routed -> routed.deliveryAddress().localPart())
                    .toList();

            assertThat(reached).doesNotHaveDuplicates();
            assertThat(new HashSet<>(reached)).isEqualTo(reachable(graph, group));
        }
    }

    @Provide
    Arbitrary<Map<Integer, List<Integer>>> graphs() {
        Arbitrary<Integer> node = Arbitraries.integers().between(0, NODES - 1);
        return Arbitraries.maps(
                        Arbitraries.integers().between(0, NODES / 2),
                        node.list().ofMaxSize(5))
                .ofMinSize(1);
    }

    /** The upper half of the nodes are mailboxes, and so is a group that keeps a copy. */
    private static Set<String> reachable(Map<Integer, List<Integer>> graph, Integer start) {
        Set<Integer> seen = new HashSet<>(Set.of(start));
        List<Integer> left = new ArrayList<>(List.of(start));
        Set<String> mailboxes = new HashSet<>();
        while (!left.isEmpty()) {
            Integer group = left.remove(0);
            for (Integer member : graph.getOrDefault(group, List.of())) {
                if (member.equals(group) || member > NODES / 2) {
                    mailboxes.add(nodeName(member));
                } else if (seen.add(member)) {
                    left.add(member);
                }
            }
        }
        return mailboxes;
    }

    private static String nodeName(Integer node) {
        return (node > NODES / 2 ? "m" : "g") + node;
    }

    private static Mailflow groups(Map<String, List<String>> groups) {
        Map<EmailAddress, DirectoryAnswer> answers = new HashMap<>();
        groups.forEach((group, members) -> answers.put(
                address(group),
                new DirectoryAnswer.Found(Recipient.expandedTo(
                        address(group),
                        List.of(),
                        new Expansion(
                                members.stream().map(ExpansionTest::address).toList())))));
        return Contoso.mailflow(asked -> {
            if (answers.containsKey(asked)) {
                return answers.get(asked);
            }
            return asked.localPart().matches("m[0-9]")
                    ? new DirectoryAnswer.Found(new Recipient(asked, Optional.empty(), List.of()))
                    : Contoso.directory().find(asked);
        });
    }

    private static EmailAddress address(String name) {
        return EmailAddress.parse(name.contains("@") ? name : name + "@contoso.com");
    }

    private static String replyTo(Mailflow mailflow, String recipient) {
        return reply(decide(mailflow, STRANGER, recipient));
    }

    /** Mail of a user, in this name, to somebody outside: the directory is asked about the two names alone. */
    private static String replyToUser(Mailflow mailflow, String user, String sender) {
        Peer peer = new Peer(STRANGER.clientIp(), Optional.empty(), PeerIdentity.none(), Optional.of(address(user)));
        return reply(FrontDoor.decide(mailflow, peer, Optional.of(address(sender)), Contoso.ERIN, Instant.EPOCH));
    }

    private static String reply(RecipientDecision decision) {
        return decision.outcome() instanceof RecipientDecision.Refused refused
                ? refused.reply().toString()
                : "250";
    }

    private static RoutePlan plan(Mailflow mailflow, String... recipients) {
        return Router.plan(
                mailflow,
                Optional.of(Contoso.CHRIS),
                Optional.empty(),
                List.of(recipients).stream().map(ExpansionTest::address).toList());
    }

    private static RecipientDecision decide(Mailflow mailflow, Peer peer, String recipient) {
        return FrontDoor.decide(mailflow, peer, Optional.of(Contoso.ERIN), address(recipient), Instant.EPOCH);
    }

    private static List<String> ways(RoutePlan plan) {
        return plan.groups().stream()
                .flatMap(group -> group.recipients().stream()
                        .map(routed -> group.route().word() + " " + routed.deliveryAddress())
                        .distinct())
                .toList();
    }

    private static List<String> reasons(RoutePlan plan) {
        return plan.groups().stream()
                .flatMap(group -> group.recipients().stream())
                .map(routed -> routed.reason().text())
                .toList();
    }

    private static Set<String> recipientsOf(RoutePlan plan) {
        return plan.groups().stream()
                .flatMap(group -> group.recipients().stream())
                .map(routed -> routed.recipient().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stamp incoming() {
        return new Stamp(
                7,
                IpAddress.parse("203.0.113.7"),
                Optional.empty(),
                PeerIdentity.none(),
                Optional.empty(),
                Optional.empty(),
                Directionality.INCOMING,
                false,
                false,
                Optional.empty());
    }
}
