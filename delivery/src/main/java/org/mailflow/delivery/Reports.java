package org.mailflow.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mailflow.core.notification.DeliveryAction;
import org.mailflow.core.notification.DeliveryReport;
import org.mailflow.core.notification.RecipientStatus;

/** What there is to tell of one attempt. */
final class Reports {

    private final ConnectorPolicy policy;
    private final Mail mail;
    private final Map<MailAddress, Attempt.Result> results;
    private final Instant now;

    Reports(ConnectorPolicy policy, Mail mail, Map<MailAddress, Attempt.Result> results, Instant now) {
        this.policy = policy;
        this.mail = mail;
        this.results = results;
        this.now = now;
    }

    /** The report of these recipients. */
    DeliveryReport of(DeliveryAction action, Collection<MailAddress> recipients) {
        return of(action, recipients, Optional.empty());
    }

    /** The report of recipients that are given up, though no host refused them. */
    DeliveryReport ofExpired(Collection<MailAddress> recipients, String reason) {
        return of(DeliveryAction.FAILED, recipients, Optional.of(reason));
    }

    private DeliveryReport of(DeliveryAction action, Collection<MailAddress> recipients, Optional<String> reason) {
        Optional<Instant> retryUntil = action == DeliveryAction.DELAYED
                ? Tries.since(mail)
                        .map(since -> since.plus(policy.retrySchedule().messageExpirationTimeout()))
                : Optional.empty();
        return new DeliveryReport(
                action,
                policy.connector(),
                Tries.since(mail),
                retryUntil,
                recipients.stream().map(recipient -> status(recipient, reason)).toList());
    }

    private RecipientStatus status(MailAddress recipient, Optional<String> reason) {
        Optional<Hop> hop = Optional.ofNullable(results.get(recipient))
                .flatMap(Attempt.Result::peer)
                .map(PeerFacts::hop);
        return new RecipientStatus(
                recipient.asString(),
                OutcomeEvents.text(results, recipient),
                hop.flatMap(Hop::name),
                hop.map(found -> found.address().toString()),
                Optional.of(now),
                reason);
    }
}
