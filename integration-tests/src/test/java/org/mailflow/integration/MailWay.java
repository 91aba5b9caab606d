package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mailflow.core.event.MailEvent;

/**
 * The way of one mail, as the logs of both premises tell it independently of each other.
 *
 * @param hops every transaction in which a server took it, or handed it to the internet
 */
record MailWay(List<Hop> hops) {

    private static final String INTERNET = "internet";
    private static final String DESK = "desk";

    /**
     * One transaction.
     *
     * @param from {@code desk}, {@code internet} or the name of a side
     * @param to {@code internet} or the name of a side
     * @param recipients the first part of their addresses, which the routing addresses have, too
     * @param departure what the sending side wrote; empty where that is no server of ours
     * @param arrival what the receiving side wrote; empty where that is no server of ours
     */
    record Hop(
            String from,
            String to,
            List<String> recipients,
            Optional<MailEvent> departure,
            Optional<MailEvent> arrival) {

        /** Whether it led from one of the premises to the other. */
        boolean isBetweenPremises() {
            return departure.isPresent() && arrival.isPresent();
        }

        /** Both sides say that TLS protected it, and that the other one's certificate was proven. */
        void assertProvenAtBothEnds() {
            Side receiver = to.equals(name(Side.CLOUD)) ? Side.CLOUD : Side.ON_PREMISES;
            MailEvent sent = departure.orElseThrow();
            MailEvent taken = arrival.orElseThrow();
            assertThat(sent.peerIdentity()).hasValue("verified [" + receiver.host() + "]");
            assertThat(taken.peerIdentity())
                    .hasValue("verified [" + receiver.other().host() + "]");
            assertThat(sent.tlsVersion()).hasValue("TLSv1.3").isEqualTo(taken.tlsVersion());
            assertThat(sent.tlsCipher()).isPresent().isEqualTo(taken.tlsCipher());
        }

        String transaction() {
            return from + ">" + to + ": " + String.join(" ", recipients);
        }
    }

    MailWay {
        hops = List.copyOf(hops);
    }

    /**
     * Reads it.
     *
     * @param events of this mail, by side
     * @throws AssertionError where the two logs contradict each other
     */
    static MailWay of(Map<Side, List<MailEvent>> events) {
        List<Hop> hops = new ArrayList<>();
        List<MailEvent> departures = new ArrayList<>();
        events.values().forEach(ofSide -> ofSide.stream()
                .filter(event ->
                        event.type() == MailEvent.Type.DELIVERED && event.peer().isPresent())
                .forEach(departures::add));
        events.forEach((side, ofSide) -> ofSide.stream()
                .filter(event -> event.type() == MailEvent.Type.RECEIVED)
                .forEach(event -> hops.add(arrival(side, event, departures))));
        departures.forEach(event -> hops.add(departureToTheInternet(event)));
        return new MailWay(hops);
    }

    /** How many copies are where they end: in mailboxes, and on the internet. */
    static long ends(Map<Side, List<MailEvent>> events) {
        return events.values().stream()
                .flatMap(List::stream)
                .filter(event -> event.type() == MailEvent.Type.DELIVERED
                        && event.peer().flatMap(peer -> peer(event)).isEmpty())
                .count();
    }

    private static Hop arrival(Side side, MailEvent event, List<MailEvent> departures) {
        String peer = event.peer().orElseThrow();
        if (peer.equals(Contoso.STRANGER) || peer.equals(Contoso.DESK)) {
            String from = peer.equals(Contoso.DESK) ? DESK : INTERNET;
            return new Hop(from, name(side), names(event), Optional.empty(), Optional.of(event));
        }
        MailEvent departure = departures.stream()
                .filter(candidate -> peer(candidate).equals(Optional.of(side))
                        && candidate.recipients().equals(event.recipients()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody says that he sent this: " + event));
        departures.remove(departure);
        return new Hop(name(side.other()), name(side), names(event), Optional.of(departure), Optional.of(event));
    }

    private static Hop departureToTheInternet(MailEvent event) {
        if (peer(event).isPresent()) {
            throw new AssertionError("nobody says that he has got this: " + event);
        }
        return new Hop(side(event), INTERNET, names(event), Optional.of(event), Optional.empty());
    }

    private static String side(MailEvent event) {
        for (Side side : Side.values()) {
            if (side.host().equals(event.server())) {
                return name(side);
            }
        }
        throw new AssertionError("of no server of the test: " + event);
    }

    private static Optional<Side> peer(MailEvent departure) {
        String peer = departure.peer().orElseThrow();
        for (Side side : Side.values()) {
            if (peer.startsWith(side.host() + "[")) {
                return Optional.of(side);
            }
        }
        return Optional.empty();
    }

    static String name(Side side) {
        return side == Side.CLOUD ? "cloud" : "onPremises";
    }

    private static List<String> names(MailEvent event) {
        return List.copyOf(
                event.recipients().stream().map(MailWay::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** What comes before the at sign. */
    static String name(String address) {
        return address.substring(0, address.indexOf('@')).toLowerCase(Locale.ROOT);
    }

    /**
     * Where a recipient's copy went, from its beginning on: {@code internet>cloud>onPremises}.
     *
     * @param recipient the first part of the address
     * @throws AssertionError where the copy went a second way, too
     */
    String of(String recipient) {
        List<Hop> left = new ArrayList<>(hops.stream()
                .filter(hop -> hop.recipients().contains(recipient))
                .toList());
        StringBuilder way = new StringBuilder();
        Optional<Hop> next =
                left.stream().filter(hop -> hop.departure().isEmpty()).findFirst();
        while (next.isPresent()) {
            Hop hop = next.get();
            left.remove(hop);
            way.append(way.isEmpty() ? hop.from() + ">" : ">").append(hop.to());
            next = left.stream()
                    .filter(one -> one.departure().isPresent() && one.from().equals(hop.to()))
                    .findFirst();
        }
        if (!left.isEmpty()) {
            throw new AssertionError(recipient + "'s copy went " + way + ", and this way too: " + left);
        }
        return way.toString();
    }

    /** The hops from one of the premises to the other. */
    List<Hop> betweenPremises() {
        return hops.stream().filter(Hop::isBetweenPremises).toList();
    }
}
