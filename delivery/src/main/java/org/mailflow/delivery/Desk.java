package org.mailflow.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.notification.DeliveryAction;
import org.mailflow.core.notification.DeliveryReport;
import org.mailflow.core.notification.RecipientStatus;
import org.mailflow.core.operation.DeliveryMeter;
import org.mailflow.james.Copies;
import org.mailflow.james.HandedOn;
import org.mailflow.james.RouteStamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does with one mail of a queue what is to be done with it now: an attempt, and then what its outcomes ask for. Whatever
 * becomes of the mail is safe in its new place before the queue forgets it.
 */
final class Desk {

    private static final Logger LOGGER = LoggerFactory.getLogger(Desk.class);
    private static final int EXPIRED = 550;
    private static final String EXPIRED_TEXT = "550 5.4.300 Message expired";

    private final DeliverySettings settings;
    private final Names names;
    private final ScheduledExecutorService timer;
    private final KeptSessions sessions;
    private final Hosts hosts;
    private final Line line;
    private final MailetContext context;
    private final Bounces bounces;
    private final DeliveryNotices notices;
    private final OutcomeEvents events;
    private final DeliveryMeter meter;
    private final Clock clock;

    Desk(
            DeliverySettings settings,
            Names names,
            ScheduledExecutorService timer,
            KeptSessions sessions,
            Hosts hosts,
            MailetContext context,
            OutcomeEvents events,
            DeliveryMeter meter,
            Clock clock) {
        this.settings = settings;
        this.names = names;
        this.timer = timer;
        this.sessions = sessions;
        this.hosts = hosts;
        this.line = new Line(clock);
        this.context = context;
        this.bounces = new Bounces(context, settings.bounceProcessor());
        this.notices = new DeliveryNotices(new StatusNotices(context), clock);
        this.events = events;
        this.meter = meter;
        this.clock = clock;
    }

    /**
     * Handles a mail.
     *
     * @param policy of its queue; empty where no enabled connector has this queue any more
     * @param mailflow the snapshot that runs
     * @throws MessagingException where the mail has no safe new place: it must stay in its queue
     */
    void handle(Mail mail, Optional<ConnectorPolicy> policy, Mailflow mailflow, MailQueue queue)
            throws MessagingException {
        if (policy.isPresent()) {
            attempt(mail, policy.get(), queue);
        } else {
            withoutConnector(mail, mailflow, queue);
        }
    }

    private void attempt(Mail mail, ConnectorPolicy policy, MailQueue queue) throws MessagingException {
        Instant begun = clock.instant();
        Map<MailAddress, Attempt.Result> results =
                new Attempt(policy, settings, names, timer, sessions, hosts, meter).run(mail);
        meter.attempted(policy.organization(), policy.connector(), Duration.between(begun, clock.instant()));
        events.delivered(policy, mail, results);
        notices.ofDelivery(mail, policy, results);
        List<MailAddress> open = new ArrayList<>(bounceFailed(mail, policy, results));
        List<MailAddress> notTried = results.keySet().stream()
                .filter(recipient -> isNotTried(results, recipient))
                .toList();
        if (open.isEmpty() && !notTried.isEmpty()) {
            String domain = policy.isByDomain() ? notTried.get(0).getDomain().asString() : "";
            withoutRoom(mail, notTried, policy, results, queue, line.next(policy.label() + " " + domain));
            return;
        }
        open.addAll(notTried);
        if (!open.isEmpty()) {
            defer(mail, open, policy, results, queue);
        }
    }

    private static boolean isNotTried(Map<MailAddress, Attempt.Result> results, MailAddress recipient) {
        Attempt.Result result = results.get(recipient);
        return result != null && result.outcome() instanceof Outcome.NotTried;
    }

    /**
     * Puts a mail back for which there is no room, since others of its domain have all that they may have.
     *
     * @param wait when it is to come again
     * @throws MessagingException where the mail has no safe new place: it must stay in its queue
     */
    void withoutRoom(Mail mail, ConnectorPolicy policy, MailQueue queue, Duration wait) throws MessagingException {
        List<MailAddress> recipients = List.copyOf(mail.getRecipients());
        Attempt.Result waits = new Attempt.Result(
                new Outcome.NotTried("its domain has as many mails under way as it may have"), Optional.empty());
        Map<MailAddress, Attempt.Result> results = new LinkedHashMap<>();
        recipients.forEach(recipient -> results.put(recipient, waits));
        withoutRoom(mail, recipients, policy, results, queue, wait);
    }

    /** That is no attempt, unless the mail is old enough to expire. */
    private void withoutRoom(
            Mail mail,
            List<MailAddress> recipients,
            ConnectorPolicy policy,
            Map<MailAddress, Attempt.Result> results,
            MailQueue queue,
            Duration wait)
            throws MessagingException {
        boolean expires = policy.retrySchedule()
                .next(Tries.failures(mail), Tries.age(mail, clock.instant()))
                .isEmpty();
        if (expires) {
            defer(mail, recipients, policy, results, queue);
        } else {
            enQueue(mail, recipients, wait, queue);
        }
    }

    /** Returns the failed ones in one copy; gives back those that are still to be dealt with. */
    private List<MailAddress> bounceFailed(
            Mail mail, ConnectorPolicy policy, Map<MailAddress, Attempt.Result> results) {
        List<MailAddress> open = new ArrayList<>();
        Map<MailAddress, Outcome.Failed> failures = new LinkedHashMap<>();
        results.forEach((recipient, result) -> {
            if (result.outcome() instanceof Outcome.Failed failed) {
                failures.put(recipient, failed);
            } else if (result.outcome() instanceof Outcome.Deferred) {
                open.add(recipient);
            }
        });
        if (failures.isEmpty()) {
            return open;
        }
        Set<MailAddress> failed = failures.keySet();
        DeliveryReport report = new Reports(policy, mail, results, clock.instant()).of(DeliveryAction.FAILED, failed);
        int code = failures.values().iterator().next().code();
        if (isReturned(mail, failed, code, OutcomeEvents.summary(results, failed), report)) {
            events.failed(policy, mail, failed, UnaryOperator.identity(), results);
        } else {
            open.addAll(failed);
        }
        return open;
    }

    private boolean isReturned(
            Mail mail, Collection<MailAddress> recipients, int code, String error, DeliveryReport report) {
        try {
            bounces.bounce(mail, recipients, code, error, report);
            HandedOn.add(mail, recipients);
            return true;
        } catch (MessagingException e) {
            LOGGER.error("Mail {} cannot be given to the bounce processor; it stays", mail.getName(), e);
            return false;
        }
    }

    private void defer(
            Mail mail,
            List<MailAddress> recipients,
            ConnectorPolicy policy,
            Map<MailAddress, Attempt.Result> results,
            MailQueue queue)
            throws MessagingException {
        int failures = Tries.failed(mail);
        Duration age = Tries.age(mail, clock.instant());
        Optional<Duration> wait = policy.retrySchedule().next(failures, age);
        if (wait.isPresent()) {
            Tries.note(mail, OutcomeEvents.summary(results, recipients), clock.instant());
            boolean told = notices.ofDelay(mail, recipients, policy, results);
            enQueue(mail, recipients, wait.get(), queue);
            events.deferred(policy, mail, recipients, wait.get(), told, results);
        } else {
            expire(mail, recipients, failures, policy, results, queue);
        }
    }

    /** The mail itself keeps its recipients and what is noted of them, until they are in the queue. */
    private static void enQueue(Mail mail, List<MailAddress> recipients, Duration wait, MailQueue queue)
            throws MessagingException {
        Mail copy = Copies.toTryAgain(mail, recipients);
        try {
            queue.enQueue(copy, wait);
            HandedOn.add(mail, recipients);
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    private void expire(
            Mail mail,
            List<MailAddress> expired,
            int failures,
            ConnectorPolicy policy,
            Map<MailAddress, Attempt.Result> results,
            MailQueue queue)
            throws MessagingException {
        String expiry = EXPIRED_TEXT + " after " + failures + " attempts";
        DeliveryReport report = new Reports(policy, mail, results, clock.instant()).ofExpired(expired, expiry);
        String error = expiry + "; last: " + OutcomeEvents.summary(results, expired);
        if (isReturned(mail, expired, EXPIRED, error, report)) {
            events.failed(policy, mail, expired, last -> expiry + "; last: " + last, results);
        } else {
            enQueue(mail, expired, policy.retrySchedule().intervals().get(0), queue);
        }
    }

    private void withoutConnector(Mail mail, Mailflow mailflow, MailQueue queue) throws MessagingException {
        Optional<RouteStamp> route = RouteStamp.of(mail);
        try {
            if (route.isPresent()) {
                routeAgain(mail, route.get());
                events.withoutConnector(
                        MailEvent.Type.DEFERRED, mailflow, mail, "its connector is gone or disabled: routed again");
                return;
            }
            Tries.failed(mail);
            if (mailflow.mxRetrySchedule()
                    .next(Tries.failures(mail), Tries.age(mail, clock.instant()))
                    .isEmpty()) {
                bounces.bounce(mail, mail.getRecipients(), EXPIRED, EXPIRED_TEXT, expiredWithoutConnector(mail));
                events.withoutConnector(MailEvent.Type.FAILED, mailflow, mail, "it expired without a connector");
                return;
            }
        } catch (MessagingException e) {
            LOGGER.error("Mail {} cannot be put into the spool; it stays", mail.getName(), e);
        }
        queue.enQueue(mail, mailflow.mxRetrySchedule().intervals().get(0));
        events.withoutConnector(MailEvent.Type.DEFERRED, mailflow, mail, "its connector is gone or disabled: it waits");
    }

    private static DeliveryReport expiredWithoutConnector(Mail mail) {
        return new DeliveryReport(
                DeliveryAction.FAILED,
                Optional.empty(),
                Tries.since(mail),
                Optional.empty(),
                mail.getRecipients().stream()
                        .map(recipient -> RecipientStatus.of(recipient.asString(), EXPIRED_TEXT))
                        .toList());
    }

    private void routeAgain(Mail mail, RouteStamp route) throws MessagingException {
        Mail copy = Copies.toRouteAgain(mail);
        try {
            Tries.startAnew(copy);
            context.sendMail(copy, route.routedIn());
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }
}
