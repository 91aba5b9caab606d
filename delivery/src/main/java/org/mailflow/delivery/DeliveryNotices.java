package org.mailflow.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mailflow.core.notification.DeliveryAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells senders what they are to know while nothing has failed: that a mail is late, and that a host has it which tells
 * nothing itself (RFC 3461, 5.2.2). A notice that cannot be sent never holds the mail up.
 */
final class DeliveryNotices {

    private static final Logger LOGGER = LoggerFactory.getLogger(DeliveryNotices.class);

    private final StatusNotices notices;
    private final Clock clock;

    DeliveryNotices(StatusNotices notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    /** Tells of recipients whom a host took that does not tell the sender, who asked for it. */
    void ofDelivery(Mail mail, ConnectorPolicy policy, Map<MailAddress, Attempt.Result> results) {
        List<MailAddress> relayed = new ArrayList<>();
        results.forEach((recipient, result) -> {
            if (result.outcome() instanceof Outcome.Delivered delivered
                    && !delivered.tells()
                    && StatusNotices.isWanted(mail, recipient, DeliveryAction.RELAYED)) {
                relayed.add(recipient);
            }
        });
        if (!relayed.isEmpty()) {
            isSent(mail, DeliveryAction.RELAYED, relayed, policy, results);
        }
    }

    /**
     * Tells, once for each, of recipients whose mail is late.
     *
     * @return whether the sender was told now
     */
    boolean ofDelay(
            Mail mail,
            Collection<MailAddress> recipients,
            ConnectorPolicy policy,
            Map<MailAddress, Attempt.Result> results) {
        if (!policy.retrySchedule().isLate(Tries.age(mail, clock.instant()))) {
            return false;
        }
        Set<String> told = Tries.toldOfDelay(mail);
        List<MailAddress> late = recipients.stream()
                .filter(recipient -> !told.contains(recipient.asString()))
                .filter(recipient -> StatusNotices.isWanted(mail, recipient, DeliveryAction.DELAYED))
                .toList();
        if (late.isEmpty() || !isSent(mail, DeliveryAction.DELAYED, late, policy, results)) {
            return false;
        }
        Tries.noteToldOfDelay(mail, late);
        return true;
    }

    private boolean isSent(
            Mail mail,
            DeliveryAction action,
            List<MailAddress> recipients,
            ConnectorPolicy policy,
            Map<MailAddress, Attempt.Result> results) {
        Instant now = clock.instant();
        try {
            return notices.send(
                    mail, new Reports(policy, mail, results, now).of(action, recipients), policy.mailflow(), 0);
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("The sender of mail {} cannot be told that it is {}", mail.getName(), action.word(), e);
            return false;
        }
    }
}
