package org.mailflow.assembly.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.tls.TlsSession;
import org.mailflow.smtp.ReceivedHeader;

/**
 * Finds out which way a copy took: from the trace headers that it carries, each compared with what both ends of that hop
 * wrote into their logs. Whatever does not fit together is a problem of the copy, and is told.
 */
final class HopReader {

    /** The end of the keyword for a session with SMTP AUTH (RFC 3848). */
    private static final String AUTHENTICATED = "A";

    private HopReader() {}

    /** Reads the way of a mail that arrived. */
    static Copy read(Arrival arrival, Trace trace) {
        return new Reading(arrival, trace).copy();
    }

    /** One arrival, being read. */
    private static final class Reading {
        private final Arrival arrival;
        private final Trace trace;
        private final List<Hop> hops = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private Optional<Place> at = Optional.empty();

        Reading(Arrival arrival, Trace trace) {
            this.arrival = arrival;
            this.trace = trace;
        }

        Copy copy() {
            List<String> oldestFirst = new ArrayList<>(arrival.received());
            Collections.reverse(oldestFirst);
            oldestFirst.forEach(this::header);
            arrival.lastConnection().ifPresent(this::lastConnection);
            if (!at.equals(Optional.of(arrival.end()))) {
                problems.add("it is at " + arrival.end() + ", and its trace headers end at "
                        + at.map(Place::toString).orElse("no server of the demo"));
            }
            return new Copy(arrival.address(), arrival.end(), hops, problems);
        }

        private void header(String value) {
            Optional<ReceivedHeader> read = ReceivedHeader.parse(value);
            Optional<Place> to = read.flatMap(header -> Place.ofHost(header.by()));
            if (to.isEmpty()) {
                problems.add("a trace header is of no server of the demo: " + value.replaceAll("\\s+", " "));
                return;
            }
            hop(read.get(), to.get());
        }

        private void hop(ReceivedHeader header, Place to) {
            Optional<MailEvent> taken = trace.received(to, header.id());
            if (taken.isEmpty()) {
                problems.add("a trace header says that " + to + " took it as " + header.id()
                        + ", and the log there does not");
            }
            Place from = at.orElseGet(() -> origin(header));
            List<String> recipients = taken.map(MailEvent::recipients).orElseGet(List::of);
            Optional<MailEvent> handedOn = handedOn(from, to, recipients);
            Optional<String> version = header.tls().map(TlsSession::version);
            taken.ifPresent(event -> compare("TLS version", from, to, version, event.tlsVersion()));
            handedOn.ifPresent(event -> compare("TLS version", from, to, version, event.tlsVersion()));
            hops.add(new Hop(
                    from,
                    to,
                    header.clientIp().toString(),
                    Optional.of(header.protocol()),
                    version,
                    header.tls().map(TlsSession::cipher),
                    client(header, taken),
                    handedOn.flatMap(MailEvent::peerIdentity),
                    handedOn.flatMap(MailEvent::connector),
                    taken.flatMap(MailEvent::connector),
                    recipients));
            at = Optional.of(to);
        }

        private Optional<String> client(ReceivedHeader header, Optional<MailEvent> taken) {
            return header.protocol().endsWith(AUTHENTICATED)
                    ? taken.flatMap(MailEvent::sender).map(user -> user + ", logged in")
                    : taken.flatMap(MailEvent::peerIdentity);
        }

        private void lastConnection(Arrival.Connection connection) {
            Place to = arrival.end();
            if (at.isEmpty()) {
                problems.add("it came to " + to + " without a trace header");
                return;
            }
            Place from = at.get();
            Optional<MailEvent> handedOn = handedOn(from, to, connection.recipients());
            handedOn.ifPresent(event -> compare("TLS version", from, to, connection.tlsVersion(), event.tlsVersion()));
            hops.add(new Hop(
                    from,
                    to,
                    connection.clientIp(),
                    Optional.empty(),
                    connection.tlsVersion(),
                    connection.tlsCipher(),
                    Optional.empty(),
                    handedOn.flatMap(MailEvent::peerIdentity),
                    handedOn.flatMap(MailEvent::connector),
                    Optional.empty(),
                    connection.recipients()));
            at = Optional.of(to);
        }

        /** Where a mail comes from that no server of the demo has seen before. */
        private Place origin(ReceivedHeader header) {
            if (header.protocol().endsWith(AUTHENTICATED)) {
                return Place.MAIL_PROGRAM;
            }
            if (!header.clientIp().toString().equals(Place.INTERNET.address())) {
                problems.add("it came from " + header.clientIp() + ", which is nobody's address");
            }
            return Place.INTERNET;
        }

        private Optional<MailEvent> handedOn(Place from, Place to, List<String> recipients) {
            if (!from.isOurs()) {
                return Optional.empty();
            }
            Optional<MailEvent> found = trace.handedOn(from, to.address(), recipients);
            if (found.isEmpty()) {
                problems.add(to + " has it from " + from + " for " + String.join(", ", recipients) + ", and the log of "
                        + from + " knows of no such delivery");
            }
            return found;
        }

        private void compare(String what, Place from, Place to, Optional<String> one, Optional<String> other) {
            if (!one.equals(other)) {
                problems.add(from + " -> " + to + ": two records differ about the " + what + ": " + one.orElse("none")
                        + " and " + other.orElse("none"));
            }
        }
    }
}
