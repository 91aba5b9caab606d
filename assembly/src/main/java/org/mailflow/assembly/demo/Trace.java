package org.mailflow.assembly.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailflow.core.event.MailEvent;

/** What the mail logs of both premises say of one mail. */
final class Trace {

    private static final Pattern ADDRESS_IN_BRACKETS = Pattern.compile("\\[(?:IPv6:)?([^\\]]+)]");

    private final Map<Place, List<MailEvent>> events;

    /** A trace of these events, which are of one mail. */
    Trace(Map<Place, List<MailEvent>> events) {
        this.events = new EnumMap<>(Place.class);
        events.forEach((place, ofPlace) -> this.events.put(place, List.copyOf(ofPlace)));
    }

    /** How a server took the mail that it calls so. */
    Optional<MailEvent> received(Place server, String mailId) {
        return of(server)
                .filter(event -> event.type() == MailEvent.Type.RECEIVED
                        && event.mailId().filter(mailId::equals).isPresent())
                .findFirst();
    }

    /** What a server says of one kind. */
    List<MailEvent> of(Place server, MailEvent.Type type) {
        return of(server).filter(event -> event.type() == type).toList();
    }

    /** The same without what is said of one kind. */
    Trace without(MailEvent.Type type) {
        Map<Place, List<MailEvent>> others = new EnumMap<>(Place.class);
        events.forEach((place, ofPlace) -> others.put(
                place, ofPlace.stream().filter(event -> event.type() != type).toList()));
        return new Trace(others);
    }

    /** How a server handed the mail to the one with this address, for these recipients. */
    Optional<MailEvent> handedOn(Place server, String address, List<String> recipients) {
        return handedOn(server)
                .filter(event -> peerAddress(event).filter(address::equals).isPresent())
                .filter(event -> event.recipients().equals(recipients))
                .findFirst();
    }

    /** How often servers handed the mail on to others. */
    long timesHandedOn() {
        return events.keySet().stream().flatMap(this::handedOn).count();
    }

    /** How often servers took the mail. */
    long timesReceived() {
        return all(event -> event.type() == MailEvent.Type.RECEIVED).count();
    }

    /** What went wrong, in the servers' words. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        events.forEach((place, ofPlace) -> ofPlace.stream()
                .filter(event -> event.type() == MailEvent.Type.REFUSED
                        || event.type() == MailEvent.Type.DEFERRED
                        || event.type() == MailEvent.Type.FAILED)
                .map(event -> place + " " + words(event))
                .forEach(troubles::add));
        return troubles;
    }

    private static String words(MailEvent event) {
        String what =
                switch (event.type()) {
                    case REFUSED -> "refused it for ";
                    case DEFERRED -> "could not deliver it now to ";
                    default -> "cannot deliver it to ";
                };
        return what
                + String.join(", ", event.recipients())
                + event.connector().map(name -> " by connector " + name).orElse("")
                + event.reply().map(reply -> ": " + reply).orElse("")
                + event.reason().map(reason -> ": " + reason).orElse("");
    }

    private Stream<MailEvent> handedOn(Place server) {
        return of(server)
                .filter(event -> event.type() == MailEvent.Type.DELIVERED
                        && peerAddress(event).isPresent());
    }

    /** {@code mail.contoso.com[192.0.2.1]:25} or the bare address. */
    private static Optional<String> peerAddress(MailEvent event) {
        return event.peer().map(peer -> {
            Matcher inBrackets = ADDRESS_IN_BRACKETS.matcher(peer);
            return inBrackets.find() ? inBrackets.group(1) : peer;
        });
    }

    private Stream<MailEvent> of(Place server) {
        return events.getOrDefault(server, List.of()).stream();
    }

    private Stream<MailEvent> all(Predicate<MailEvent> wanted) {
        return events.values().stream().flatMap(List::stream).filter(wanted);
    }
}
