package org.mailflow.core.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailflow.core.event.MailEvent;

/** What a connector did so far. */
final class ConnectorCount {

    private static final String CLEAR_TEXT = "none";

    private long attempts;
    private Duration took = Duration.ZERO;
    private long connections;
    private long connectionFailures;
    private long tlsFailures;
    private long delivered;
    private long deferred;
    private long failed;
    private final Map<String, Long> tlsVersions = new TreeMap<>();
    private Optional<Instant> lastSuccess = Optional.empty();
    private Optional<String> lastPeer = Optional.empty();
    private Optional<Instant> lastFailure = Optional.empty();
    private Optional<String> lastReply = Optional.empty();

    synchronized void connected() {
        connections++;
    }

    synchronized void connectionFailed(boolean tls) {
        connectionFailures++;
        if (tls) {
            tlsFailures++;
        }
    }

    synchronized void attempted(Duration duration) {
        attempts++;
        took = took.plus(duration);
    }

    synchronized void delivered(MailEvent event) {
        int recipients = event.recipients().size();
        delivered += recipients;
        tlsVersions.merge(event.tlsVersion().orElse(CLEAR_TEXT), (long) recipients, Long::sum);
        lastSuccess = Optional.of(event.time());
        lastPeer = event.peer()
                .map(peer ->
                        peer + event.tlsVersion().map(version -> " " + version).orElse(" in clear text"));
    }

    synchronized void deferred(MailEvent event) {
        deferred += event.recipients().size();
        trouble(event);
    }

    synchronized void failed(MailEvent event) {
        failed += event.recipients().size();
        trouble(event);
    }

    private void trouble(MailEvent event) {
        lastFailure = Optional.of(event.time());
        lastReply = event.reply().or(event::reason);
    }

    synchronized ConnectorFigures figures(String name) {
        return new ConnectorFigures(
                name,
                attempts,
                took.toNanos() / 1e9,
                connections,
                connectionFailures,
                tlsFailures,
                delivered,
                deferred,
                failed,
                tlsVersions,
                lastSuccess,
                lastPeer,
                lastFailure,
                lastReply);
    }
}
