package org.mailflow.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.mailet.Mail;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.WatchedEvents;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.validation.SentMail;
import org.mailflow.core.validation.Stage;
import org.mailflow.core.validation.Step;
import org.mailflow.core.validation.ValidationPlan;
import org.mailflow.james.MailFacts;

/**
 * Sends validation mails as any mail of the connector is sent: by its queue. What is proven is what the next hop said of the
 * mail; whether it hands it on is its own.
 */
final class ValidationSender {

    private final ConnectorDeliveries deliveries;
    private final WatchedEvents events;
    private final Clock clock;

    ValidationSender(ConnectorDeliveries deliveries, WatchedEvents events, Clock clock) {
        this.deliveries = deliveries;
        this.events = events;
        this.clock = clock;
    }

    /** A mail on its way. */
    private record Sent(
            EmailAddress recipient,
            String messageId,
            long since,
            CompletableFuture<MailEvent> outcome,
            WatchedEvents.Watch watch) {}

    /**
     * Sends a mail to each recipient of a plan, and waits for what becomes of them.
     *
     * @throws MessagingException where one cannot be queued; those before it are on their way
     */
    List<SentMail> send(Mailflow mailflow, ValidationPlan plan) throws MessagingException {
        List<Sent> sent = new ArrayList<>();
        try {
            for (EmailAddress recipient : plan.recipients()) {
                sent.add(send(mailflow, plan, recipient));
            }
            long end = System.nanoTime() + plan.patience().toNanos();
            return sent.stream().map(mail -> outcome(mail, plan, end)).toList();
        } finally {
            sent.forEach(mail -> mail.watch().close());
        }
    }

    private Sent send(Mailflow mailflow, ValidationPlan plan, EmailAddress recipient) throws MessagingException {
        Mail mail = ValidationMail.write(mailflow, plan, List.of(recipient), clock.instant());
        try {
            String messageId = mail.getMessage().getMessageID();
            CompletableFuture<MailEvent> outcome = new CompletableFuture<>();
            Sent sent = new Sent(
                    recipient,
                    messageId,
                    System.nanoTime(),
                    outcome,
                    events.watch(messageId, event -> tell(outcome, event)));
            boolean queued = false;
            try {
                events.record(MailFacts.event(MailEvent.Type.OPERATED, mailflow, mail)
                        .organization(Optional.of(plan.organization().name()))
                        .connector(Optional.of(plan.connector().name()))
                        .reason("sent to validate the connector")
                        .build());
                deliveries.deliver(mail, plan.queueName());
                queued = true;
                return sent;
            } finally {
                if (!queued) {
                    sent.watch().close();
                }
            }
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    /** The first thing that a host, or the lack of one, made of it. */
    private static void tell(CompletableFuture<MailEvent> outcome, MailEvent event) {
        switch (event.type()) {
            case DELIVERED, DEFERRED, FAILED, SET_ASIDE -> outcome.complete(event);
            case RECEIVED, REFUSED, TRANSFERRED, REWRITTEN, ROUTED, OPERATED -> {
                // It is still on its way.
            }
        }
    }

    private SentMail outcome(Sent sent, ValidationPlan plan, long end) {
        return new SentMail(sent.recipient().toString(), sent.messageId(), step(sent, plan, end));
    }

    private static Step step(Sent sent, ValidationPlan plan, long end) {
        try {
            MailEvent event = sent.outcome().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            long millis = Duration.ofNanos(System.nanoTime() - sent.since()).toMillis();
            return step(event).took(millis);
        } catch (TimeoutException e) {
            return Step.failed(
                    Stage.SEND,
                    "nothing became of it within " + plan.patience().toSeconds() + " s",
                    "See what is before it in queue " + plan.queueName()
                            + ", and whether the queue is on hold: ./mailflow queue list");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the validation was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Step step(MailEvent event) {
        String peer = event.peer().orElse("the server");
        String said = event.reply().or(event::reason).orElse("no reason");
        return switch (event.type()) {
            case DELIVERED ->
                Step.ok(
                        Stage.SEND,
                        peer + " has the mail (" + event.tlsVersion().orElse("in clear text") + "): " + said);
            case DEFERRED ->
                Step.failed(
                        Stage.SEND,
                        peer + " does not take it now: " + said,
                        "It waits in the queue, and is tried again; ./mailflow queue delete removes it");
            default -> Step.failed(Stage.SEND, peer + " refuses it: " + said, "Its sender is told in a bounce");
        };
    }
}
