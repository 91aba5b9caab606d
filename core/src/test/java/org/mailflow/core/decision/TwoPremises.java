package org.mailflow.core.decision;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

/**
 * Two servers that hand mail to each other and to the world, which may hand it back. What each of them does with a mail is asked
 * of the functions that the server asks; what is simulated is the wire: certificates, Received headers, devices in between, and the
 * answer that a failure is worth.
 */
final class TwoPremises {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final int ON_PREMISES = 0;
    static final int CLOUD = 1;
    static final TlsSession TLS = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384");
    /** The addresses of the devices between, by the side that is behind them. */
    static final List<String> DEVICES = List.of("192.0.2.100", "192.0.2.101");

    /** The names of the servers, which are in their certificates. */
    static final List<String> HOSTS = List.of("mail.contoso.com", "cloud.contoso.com");

    private static final List<String> ADDRESSES = List.of("192.0.2.10", "192.0.2.11");
    private static final IpAddress INTERNET = IpAddress.parse("203.0.113.7");
    private static final String RECEIVED = "Received";
    private static final int ENOUGH = 5_000;
    private static final int OUTSIDE = -1;
    private static final int CLIENT = -2;
    private static final int TRAILS = 40;

    /** How a copy ended for a recipient. */
    enum End {
        /** In a mailbox of a side. */
        DELIVERED,
        /** With somebody outside. */
        OUTSIDE,
        /** Its sender is told. */
        RETURNED,
        /** Refused to the client that brought it, who knows. */
        REFUSED,
        /** It stands with an event: there is nobody to tell, or nobody who should be. */
        KEPT,
        /** Others have it. */
        DROPPED
    }

    /**
     * One visit.
     *
     * @param side where
     * @param recipient as it came
     * @param through the groups that the mail was handed on by
     * @param address for whom it left
     * @param route by which way
     */
    record Visit(int side, EmailAddress recipient, List<EmailAddress> through, EmailAddress address, String route) {

        /** Whether the mail went on from there. */
        boolean leaves() {
            return route.equals("mx") || route.startsWith("connector");
        }

        /** The same as it is known to a mark. */
        Visit withoutRecipient() {
            return new Visit(side, address, through, address, route);
        }
    }

    /**
     * What became of one recipient of one copy.
     *
     * @param end how
     * @param side where; -1 outside
     * @param address who
     * @param why in words
     * @param trails on which ways it came here, each from a recipient of the first mail; several where one copy serves several
     */
    record Outcome(End end, int side, EmailAddress address, String why, Set<List<Visit>> trails) {}

    /** A plan that was made for a mail that bore no mark. */
    record FirstPlan(
            int side, Peer peer, Optional<EmailAddress> sender, List<EmailAddress> recipients, RoutePlan plan) {}

    private record Copy(
            int side,
            Peer peer,
            int from,
            Optional<EmailAddress> sender,
            Map<EmailAddress, Set<List<Visit>>> recipients,
            List<Entry<String, String>> header) {

        Copy to(Set<EmailAddress> some) {
            Map<EmailAddress, Set<List<Visit>>> left = new LinkedHashMap<>(recipients);
            left.keySet().retainAll(some);
            return new Copy(side, peer, from, sender, left, header);
        }

        long hops() {
            return header.stream()
                    .filter(field -> field.getKey().equals(RECEIVED))
                    .count();
        }
    }

    private final List<Mailflow> sides;
    private final Map<DomainName, Integer> mailExchangers;
    private final Map<EmailAddress, EmailAddress> forwardersOutside;
    private final Set<Integer> behindDevice;
    private final Deque<Copy> wire = new ArrayDeque<>();
    private int mails;

    final List<Outcome> outcomes = new ArrayList<>();
    final List<Outcome> answers = new ArrayList<>();
    final List<FirstPlan> firstPlans = new ArrayList<>();
    private List<Outcome> current = outcomes;
    private final Deque<Copy> returned = new ArrayDeque<>();
    private int answersSent;
    private int arrivals;
    private int mostHops;

    /**
     * A world.
     *
     * @param sides the server on-premises and that in the cloud
     * @param mailExchangers to which of them the MX records lead; others are outside
     * @param forwardersOutside who outside forwards his mail, to whom
     * @param behindDevice the sides before which stands a device that ends TLS and removes the marks of what comes by a smart host
     */
    TwoPremises(
            List<Mailflow> sides,
            Map<DomainName, Integer> mailExchangers,
            Map<EmailAddress, EmailAddress> forwardersOutside,
            Set<Integer> behindDevice) {
        this.sides = List.copyOf(sides);
        this.mailExchangers = Map.copyOf(mailExchangers);
        this.forwardersOutside = Map.copyOf(forwardersOutside);
        this.behindDevice = Set.copyOf(behindDevice);
    }

    /** The element of a server's certificate, in the name of its host. */
    static String certificate(int side) {
        Path files = Path.of("src", "test", "resources", "config", "certs", side == ON_PREMISES ? "mail" : "cloud");
        return """
               <certificate name="%1$s">
                 <certificateFile>%2$s.pem</certificateFile><privateKeyFile>%2$s.key</privateKeyFile>
               </certificate>
               """
                .formatted(HOSTS.get(side), files.toAbsolutePath());
    }

    /** Somebody on the internet. */
    static Peer stranger() {
        return Peer.inClearText(INTERNET);
    }

    /** A user who logged on. */
    static Peer user(EmailAddress address) {
        return new Peer(INTERNET, Optional.of(TLS), PeerIdentity.none(), Optional.of(address));
    }

    /** A client sends a mail to a side. What became of the mail before it is forgotten. */
    void send(int side, Peer peer, Optional<EmailAddress> sender, List<EmailAddress> recipients) {
        outcomes.clear();
        answers.clear();
        firstPlans.clear();
        returned.clear();
        answersSent = 0;
        arrivals = 0;
        mostHops = 0;
        current = outcomes;
        Map<EmailAddress, Set<List<Visit>>> to = new LinkedHashMap<>();
        recipients.forEach(recipient -> to.put(recipient, Set.of(List.of())));
        wire.add(new Copy(side, peer, CLIENT, sender, to, newHeader()));
        run();
        current = answers;
        while (!returned.isEmpty()) {
            answer(returned.remove());
            run();
        }
    }

    private List<Entry<String, String>> newHeader() {
        mails++;
        return List.of(Map.entry("Message-ID", "<" + mails + "@test>"));
    }

    private void run() {
        while (!wire.isEmpty()) {
            arrivals++;
            if (arrivals > ENOUGH) {
                throw new AssertionError("the mail has become more than " + ENOUGH + " copies");
            }
            arrive(wire.remove());
        }
    }

    /** A server. */
    Mailflow side(int side) {
        return sides.get(side);
    }

    int arrivals() {
        return arrivals;
    }

    int answersSent() {
        return answersSent;
    }

    int mostHops() {
        return mostHops;
    }

    private void arrive(Copy copy) {
        Mailflow mailflow = sides.get(copy.side());
        Transaction transaction = new Transaction(mailflow, copy.peer(), copy.sender());
        Set<EmailAddress> accepted = new LinkedHashSet<>();
        Set<EmailAddress> later = new LinkedHashSet<>();
        copy.recipients().keySet().forEach(recipient -> {
            RecipientDecision decision = transaction.decide(recipient, NOW);
            if (decision.outcome() instanceof RecipientDecision.Refused refused) {
                if (refused.reply().equals(Reply.SEPARATE_TRANSACTION)) {
                    later.add(recipient);
                } else {
                    refused(copy.to(Set.of(recipient)), refused.reply() + ": " + refused.reason());
                }
            } else {
                accepted.add(recipient);
            }
        });
        if (!later.isEmpty()) {
            wire.add(copy.to(later));
        }
        if (accepted.isEmpty()) {
            return;
        }
        if (transaction.mayBeCrossPremises()) {
            transaction.promote(List.of());
        }
        Stamp stamp = transaction.stamp(NOW);
        int hops = (int) copy.hops();
        mostHops = Math.max(mostHops, hops);
        Optional<HopLimit.Exceeded> exceeded = HopLimit.judge(
                mailflow, stamp.organization(), List.copyOf(accepted), new HopLimit.Trace(hops, List.of()));
        if (exceeded.isPresent()) {
            refused(
                    copy.to(accepted),
                    exceeded.get().reply() + ": " + exceeded.get().reason());
            return;
        }
        List<Entry<String, String>> header = new ArrayList<>();
        header.add(Map.entry(RECEIVED, "by " + mailflow.server().fqdn()));
        header.addAll(copy.header());
        Copy taken = copy.to(accepted);
        route(
                new Copy(copy.side(), copy.peer(), copy.side(), copy.sender(), taken.recipients(), header),
                Optional.of(stamp));
    }

    /** Whoever handed it over has to tell its sender. */
    private void refused(Copy copy, String why) {
        if (copy.from() == CLIENT) {
            end(End.REFUSED, copy, why);
        } else {
            fail(copy, copy.from(), why);
        }
    }

    private void fail(Copy copy, int at, String why) {
        if (copy.sender().isEmpty()) {
            end(End.KEPT, copy, why);
            return;
        }
        end(End.RETURNED, copy, why);
        returned.add(new Copy(at, copy.peer(), at, copy.sender(), copy.recipients(), copy.header()));
    }

    private void end(End end, Copy copy, String why) {
        copy.recipients()
                .forEach((address, trails) -> current.add(new Outcome(end, copy.side(), address, why, trails)));
    }

    /** The one answer that a copy which failed is worth. */
    private void answer(Copy failed) {
        answersSent++;
        EmailAddress sender = failed.sender().orElseThrow();
        Map<EmailAddress, Set<List<Visit>>> to = Map.of(sender, Set.of(List.of()));
        if (failed.side() == OUTSIDE) {
            toExchanger(new Copy(OUTSIDE, stranger(), OUTSIDE, Optional.empty(), to, newHeader()), sender.domain());
        } else {
            route(
                    new Copy(failed.side(), stranger(), failed.side(), Optional.empty(), to, newHeader()),
                    Optional.empty());
        }
    }

    private void route(Copy copy, Optional<Stamp> stamp) {
        Mailflow mailflow = sides.get(copy.side());
        LoopMarks marks = LoopMarks.of(mailflow, LoopHeader.of(copy.header()), stamp);
        List<EmailAddress> recipients = List.copyOf(copy.recipients().keySet());
        RoutePlan plan = Router.plan(mailflow, copy.sender(), stamp, recipients, Contacts.NONE, marks);
        if (marks.isEmpty() && stamp.isPresent() && current == outcomes) {
            firstPlans.add(new FirstPlan(copy.side(), copy.peer(), copy.sender(), recipients, plan));
        }
        Set<EmailAddress> planned = new LinkedHashSet<>();
        plan.groups().forEach(group -> {
            group.recipients().forEach(routed -> planned.add(routed.recipient()));
            take(copy, stamp, group);
        });
        if (!planned.containsAll(recipients)) {
            throw new AssertionError(recipients + " came, and only for " + planned + " is there a plan");
        }
    }

    private void take(Copy copy, Optional<Stamp> stamp, RoutePlan.Group group) {
        Map<EmailAddress, Set<List<Visit>>> to = new LinkedHashMap<>();
        for (RoutePlan.Routed routed : group.recipients()) {
            Visit visit = new Visit(
                    copy.side(),
                    routed.recipient(),
                    through(copy.side(), routed),
                    routed.deliveryAddress(),
                    group.route().word());
            Set<List<Visit>> trails = to.computeIfAbsent(routed.deliveryAddress(), key -> new LinkedHashSet<>());
            copy.recipients().getOrDefault(routed.recipient(), Set.of()).stream()
                    .limit(TRAILS)
                    .forEach(before -> {
                        List<Visit> trail = new ArrayList<>(before);
                        trail.add(visit);
                        trails.add(List.copyOf(trail));
                    });
        }
        Optional<EmailAddress> sender = group.sender().map(NewSender::address).or(copy::sender);
        Copy leaving = new Copy(copy.side(), copy.peer(), copy.side(), sender, to, marked(group, copy.header()));
        Route route = group.route();
        String why = group.recipients().get(0).reason().text();
        if (route instanceof Route.Local) {
            end(End.DELIVERED, leaving, why);
        } else if (route instanceof Route.AlreadyReceived) {
            end(End.DROPPED, leaving, why);
        } else if (route instanceof Route.MailLoop) {
            fail(leaving, copy.side(), why);
        } else if (route instanceof Route.UnknownRecipient || route instanceof Route.Loop) {
            boolean told = stamp.map(Stamp::directionality)
                    .filter(Directionality.ORIGINATING::equals)
                    .isPresent();
            if (told) {
                fail(leaving, copy.side(), why);
            } else {
                end(End.KEPT, leaving, why);
            }
        } else if (route instanceof Route.ByMx) {
            toExchangers(leaving);
        } else if (route instanceof Route.ByConnector by) {
            leave(leaving, by);
        } else {
            end(End.KEPT, leaving, why);
        }
    }

    private List<EmailAddress> through(int side, RoutePlan.Routed routed) {
        return routed.member().isEmpty()
                ? List.of()
                : Expander.expand(sides.get(side), routed.recipient()).leaves().stream()
                        .filter(leaf -> leaf.resolution().deliveryAddress().equals(routed.deliveryAddress()))
                        .map(Expanded.Leaf::path)
                        .findFirst()
                        .orElse(List.of());
    }

    private static List<Entry<String, String>> marked(RoutePlan.Group group, List<Entry<String, String>> before) {
        if (group.loopMark().isEmpty()) {
            return before;
        }
        List<Entry<String, String>> header = new ArrayList<>();
        String field = String.join("\r\n", group.loopMark());
        header.add(Map.entry(LoopMarks.FIELD, field.substring(field.indexOf(':') + 1)));
        header.addAll(before);
        return header;
    }

    private void leave(Copy copy, Route.ByConnector by) {
        OutboundConnector connector = by.connector();
        if (connector.useMXRecord()) {
            toExchangers(copy);
            return;
        }
        int next = HOSTS.indexOf(connector.smartHosts().get(0).toString());
        if (next < 0) {
            outside(copy);
            return;
        }
        if (behindDevice.contains(next)) {
            List<Entry<String, String>> header = new ArrayList<>();
            header.add(Map.entry(RECEIVED, "by a device"));
            copy.header().stream()
                    .filter(field -> !field.getKey().equals(LoopMarks.FIELD))
                    .forEach(header::add);
            Peer device = Peer.inClearText(IpAddress.parse(DEVICES.get(next)));
            wire.add(new Copy(next, device, copy.side(), copy.sender(), copy.recipients(), header));
            return;
        }
        PeerIdentity identity = connector
                .tlsCertificateName()
                .<PeerIdentity>map(name -> new PeerIdentity.Verified(List.of(name)))
                .orElse(PeerIdentity.none());
        Peer peer = new Peer(IpAddress.parse(ADDRESSES.get(copy.side())), Optional.of(TLS), identity, Optional.empty());
        Optional<DomainName> originator = OriginatorOrgOffer.isFor(sides.get(next), peer)
                ? OtherPremises.of(by.organization(), connector).map(DomainName::parse)
                : Optional.empty();
        wire.add(new Copy(next, peer.of(originator), copy.side(), copy.sender(), copy.recipients(), copy.header()));
    }

    private void toExchangers(Copy copy) {
        Map<DomainName, Set<EmailAddress>> byDomain = new LinkedHashMap<>();
        copy.recipients().keySet().forEach(address -> byDomain.computeIfAbsent(
                        address.domain(), key -> new LinkedHashSet<>())
                .add(address));
        byDomain.forEach((domain, addresses) -> toExchanger(copy.to(addresses), domain));
    }

    private void toExchanger(Copy copy, DomainName domain) {
        Integer next = mailExchangers.get(domain);
        if (next == null) {
            outside(copy);
            return;
        }
        Peer peer = copy.from() == OUTSIDE
                ? stranger()
                : new Peer(
                        IpAddress.parse(ADDRESSES.get(copy.from())),
                        Optional.of(TLS),
                        PeerIdentity.none(),
                        Optional.empty());
        wire.add(new Copy(next, peer, copy.from(), copy.sender(), copy.recipients(), copy.header()));
    }

    /** Somebody outside has it, or hands it back. */
    private void outside(Copy copy) {
        copy.recipients().forEach((address, trails) -> {
            EmailAddress target = forwardersOutside.get(address);
            if (target == null) {
                current.add(new Outcome(End.OUTSIDE, OUTSIDE, address, "outside", trails));
                return;
            }
            List<Entry<String, String>> header = new ArrayList<>();
            header.add(Map.entry(RECEIVED, "by somebody outside"));
            header.addAll(copy.header());
            toExchanger(
                    new Copy(OUTSIDE, stranger(), OUTSIDE, copy.sender(), Map.of(target, trails), header),
                    target.domain());
        });
    }

    /** In which order the mail was where, for messages. */
    String story() {
        StringBuilder story = new StringBuilder();
        for (Outcome outcome : outcomes) {
            story.append("\n  ").append(outcome.end()).append(' ').append(outcome.address());
            story.append(" at ").append(outcome.side()).append(": ").append(outcome.why());
            outcome.trails().forEach(trail -> story.append("\n    ").append(trail));
        }
        answers.forEach(outcome -> story.append("\n  answer: ").append(outcome));
        return story.toString();
    }
}
