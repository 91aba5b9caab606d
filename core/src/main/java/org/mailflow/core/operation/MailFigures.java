package org.mailflow.core.operation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;

/**
 * Counts what happens to mail, from the start of the server on, and passes every event on. So the figures and
 * {@code mail.log} never disagree.
 */
public final class MailFigures implements MailEvents, DeliveryMeter {

    private static final String MX = "mx";
    private static final String NO_CODE = "none";

    private final MailEvents next;
    private final Map<String, ConnectorCount> connectors = new ConcurrentHashMap<>();
    private final LongAdder accepted = new LongAdder();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

    /** Counts before these are told. */
    public MailFigures(MailEvents next) {
        this.next = next;
    }

    @Override
    public void record(MailEvent event) {
        switch (event.type()) {
            case RECEIVED -> accepted.increment();
            case REFUSED ->
                refused.computeIfAbsent(code(event), key -> new LongAdder()).increment();
            // Without a peer it went into a mailbox, or was put off before any host was asked.
            case DELIVERED -> ofPeer(event).ifPresent(count -> count.delivered(event));
            case DEFERRED -> ofDelivery(event).ifPresent(count -> count.deferred(event));
            case FAILED -> ofDelivery(event).ifPresent(count -> count.failed(event));
            case TRANSFERRED, REWRITTEN, ROUTED, OPERATED, SET_ASIDE -> {
                // No figure of its own.
            }
        }
        next.record(event);
    }

    @Override
    public void connected(Optional<String> organization, Optional<String> connector) {
        of(organization, connector).connected();
    }

    @Override
    public void connectionFailed(Optional<String> organization, Optional<String> connector, boolean tls) {
        of(organization, connector).connectionFailed(tls);
    }

    @Override
    public void attempted(Optional<String> organization, Optional<String> connector, Duration took) {
        of(organization, connector).attempted(took);
    }

    /** The figures of every connector that did anything, by name. */
    public List<ConnectorFigures> connectors() {
        return new TreeMap<>(connectors)
                .entrySet().stream()
                        .map(entry -> entry.getValue().figures(entry.getKey()))
                        .toList();
    }

    /** The figures of SMTP sessions. */
    public SessionFigures sessions() {
        Map<String, Long> byCode = new TreeMap<>();
        refused.forEach((code, count) -> byCode.put(code, count.sum()));
        return new SessionFigures(accepted.sum(), byCode);
    }

    private Optional<ConnectorCount> ofPeer(MailEvent event) {
        return event.peer().map(peer -> of(event.organization(), event.connector()));
    }

    private Optional<ConnectorCount> ofDelivery(MailEvent event) {
        return event.peer().isPresent() || event.connector().isPresent()
                ? Optional.of(of(event.organization(), event.connector()))
                : Optional.empty();
    }

    private ConnectorCount of(Optional<String> organization, Optional<String> connector) {
        String name = connector
                .map(own -> organization.map(whose -> whose + "/").orElse("") + own)
                .orElse(MX);
        return connectors.computeIfAbsent(name, key -> new ConnectorCount());
    }

    /** The three digits that a reply begins with; anything else would let a peer invent labels without end. */
    private static String code(MailEvent event) {
        return event.reply()
                .filter(reply -> reply.matches("(?s)[245]\\d\\d\\b.*"))
                .map(reply -> reply.substring(0, 3))
                .orElse(NO_CODE);
    }
}
