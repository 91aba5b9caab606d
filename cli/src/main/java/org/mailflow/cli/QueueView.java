package org.mailflow.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailflow.core.operation.Ages;
import org.mailflow.core.operation.MailDetails;
import org.mailflow.core.operation.MailState;
import org.mailflow.core.operation.QueueSummary;
import org.mailflow.core.operation.QueuedMail;

/** Shows queues and their mails. */
final class QueueView {

    private static final String MARGIN = "  ";
    private static final int HEADING = 14;

    private final Screen screen;
    private final Instant now;

    QueueView(Screen screen, Instant now) {
        this.screen = screen;
        this.now = now;
    }

    void list(List<QueueSummary> queues) {
        Table table = new Table("QUEUE", "READY", "WAITING", "SENDING", "HELD", "SIZE", "OLDEST", "NEXT", "STATE");
        for (QueueSummary queue : queues) {
            table.row(
                    Text.of(queue.queue()),
                    number(queue.ready()),
                    number(queue.waiting()),
                    number(queue.inDelivery()),
                    number(queue.held()),
                    Text.of(Sizes.text(queue.size())),
                    Text.of(age(queue.oldest())),
                    Text.of(until(queue.nextAttempt())),
                    state(queue));
        }
        table.show(screen);
        queues.forEach(queue -> queue.lastReply()
                .ifPresent(reply -> screen.line(
                        Text.of(queue.queue() + ": ", Style.STRONG),
                        Text.of("last reply: "),
                        Text.of(reply, Style.DIM))));
    }

    private static Text number(long count) {
        return Text.of(Long.toString(count), count == 0 ? Style.DIM : Style.PLAIN);
    }

    private static Text state(QueueSummary queue) {
        if (!queue.read()) {
            return Text.of("not read", Style.BAD);
        }
        if (queue.onHold()) {
            return Text.of("on hold", Style.WARNING);
        }
        return switch (queue.kind()) {
            case GONE -> Text.of("connector gone", Style.WARNING);
            case SPOOL, CONNECTOR, MX -> Text.of("open", Style.DIM);
        };
    }

    void mails(List<QueuedMail> mails) {
        if (mails.isEmpty()) {
            screen.line("No mail.");
            return;
        }
        for (QueuedMail mail : mails) {
            screen.line(
                    Text.of(mail.id(), Style.STRONG),
                    Text.of(MARGIN + mail.queue() + MARGIN),
                    Text.of(word(mail.state()), mail.state() == MailState.HELD ? Style.WARNING : Style.PLAIN),
                    Text.of(mail.nextAttempt()
                            .map(next -> " " + until(Optional.of(next)))
                            .orElse("")));
            screen.line(MARGIN + mail.sender() + " -> " + recipients(mail.recipients()));
            screen.line(
                    Text.of(MARGIN + Sizes.text(mail.size()) + ", " + age(Optional.of(mail.since())) + " old, "
                            + tries(mail.tries())),
                    Text.of(mail.lastReply().map(reply -> ": " + reply).orElse(""), Style.DIM));
        }
    }

    private static String tries(int tries) {
        return switch (tries) {
            case 0 -> "not tried yet";
            case 1 -> "tried once";
            default -> "tried " + tries + " times";
        };
    }

    private static String recipients(List<String> recipients) {
        int shown = 5;
        String some = String.join(", ", recipients.stream().limit(shown).toList());
        return recipients.size() > shown ? some + " and " + (recipients.size() - shown) + " more" : some;
    }

    void details(MailDetails details) {
        mails(List.of(details.mail()));
        heading("Recipients");
        details.mail().recipients().forEach(recipient -> screen.line(MARGIN + recipient));
        heading("Noted");
        details.attributes()
                .forEach((name, value) -> screen.line(Text.of(MARGIN + name + " = ", Style.DIM), Text.of(value)));
        heading("Headers");
        // Many servers fold by a tab.
        details.headers()
                .forEach(header -> header.lines().forEach(line -> screen.line(MARGIN + line.replace("\t", MARGIN))));
    }

    private void heading(String name) {
        screen.line(Text.of(name, Style.STRONG).padded(HEADING));
    }

    private String age(Optional<Instant> since) {
        return since.map(then -> Ages.text(Duration.between(then, now))).orElse("-");
    }

    private String until(Optional<Instant> next) {
        return next.map(then -> then.isAfter(now) ? "in " + Ages.text(Duration.between(now, then)) : "now")
                .orElse("-");
    }

    static String word(MailState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
