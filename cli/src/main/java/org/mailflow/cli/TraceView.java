package org.mailflow.cli;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailflow.core.event.MailEvent;

/** Shows trails as time lines, in UTC: the servers of two premises need not be in one zone. */
final class TraceView {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String MARGIN = "  ";
    private static final int TIME_COLUMN = 26;
    private static final int TYPE_COLUMN = 13;

    private final Screen screen;

    TraceView(Screen screen) {
        this.screen = screen;
    }

    void show(List<Trail> trails) {
        for (int i = 0; i < trails.size(); i++) {
            if (i > 0) {
                screen.line();
            }
            show(trails.get(i));
        }
    }

    private void show(Trail trail) {
        List<MailEvent> events = trail.events();
        screen.line(
                Text.of(trail.mailId().map(id -> "Mail " + id).orElse("No mail"), Style.STRONG),
                Text.of(trail.messageId().map(id -> "  Message-ID " + id).orElse("")));
        screen.line(MARGIN + envelope(events));
        events.forEach(event -> show(event, trail.mailId().orElse("")));
    }

    private static String envelope(List<MailEvent> events) {
        String sender = events.stream()
                .flatMap(event -> event.sender().stream())
                .findFirst()
                .orElse("?");
        String recipients = events.stream()
                .map(MailEvent::recipients)
                .filter(list -> !list.isEmpty())
                .findFirst()
                .map(list -> String.join(", ", list))
                .orElse("?");
        return sender + " -> " + recipients;
    }

    private void show(MailEvent event, String mailId) {
        screen.line(
                Text.of(MARGIN),
                Text.of(TIME.format(event.time()), Style.DIM).padded(TIME_COLUMN),
                Text.of(event.type().name().toLowerCase(Locale.ROOT).replace('_', ' '), style(event.type()))
                        .padded(TYPE_COLUMN),
                Text.of(String.join(", ", event.recipients())),
                Text.of(copy(event, mailId), Style.DIM));
        detail(joined(Stream.of(
                event.connector().map(name -> "connector " + qualified(name, event)),
                event.peer().map(peer -> towards(event.type()) + peer),
                event.tlsVersion(),
                event.tlsCipher(),
                event.peerIdentity())));
        detail(event.reply());
        detail(event.reason());
    }

    private static String copy(MailEvent event, String mailId) {
        return event.mailId()
                .filter(id -> !id.equals(mailId))
                .map(id -> "  [copy " + (id.startsWith(mailId) ? id.substring(mailId.length()) : id) + "]")
                .orElse("");
    }

    private static String qualified(String connector, MailEvent event) {
        return event.organization()
                .map(organization -> organization + "/")
                .filter(prefix -> !connector.startsWith(prefix))
                .map(prefix -> prefix + connector)
                .orElse(connector);
    }

    private static String towards(MailEvent.Type type) {
        return switch (type) {
            case RECEIVED, REFUSED -> "from ";
            case DELIVERED, DEFERRED, FAILED -> "to ";
            case TRANSFERRED, REWRITTEN, ROUTED, OPERATED, SET_ASIDE -> "";
        };
    }

    private void detail(Optional<String> text) {
        text.ifPresent(shown ->
                screen.line(Text.of(MARGIN + " ".repeat(TIME_COLUMN + TYPE_COLUMN)), Text.of(shown, Style.DIM)));
    }

    private static Optional<String> joined(Stream<Optional<String>> parts) {
        String text = parts.flatMap(Optional::stream).collect(Collectors.joining(", "));
        return Optional.of(text).filter(joined -> !joined.isEmpty());
    }

    private static Style style(MailEvent.Type type) {
        return switch (type) {
            case DELIVERED -> Style.GOOD;
            case DEFERRED, OPERATED -> Style.WARNING;
            case FAILED, REFUSED, SET_ASIDE -> Style.BAD;
            case RECEIVED, TRANSFERRED, REWRITTEN, ROUTED -> Style.PLAIN;
        };
    }
}
