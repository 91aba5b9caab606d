package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * A queue at a glance.
 *
 * @param queue {@code spool}, {@code mx}, or a connector as {@code organization/connector}
 * @param kind what it is for
 * @param onHold whether an operator holds the whole queue: no attempt begins
 * @param read whether somebody reads it
 * @param ready mails that are due
 * @param waiting mails that wait for their next attempt
 * @param inDelivery mails that are processed or delivered at this moment
 * @param held mails that an operator holds
 * @param size of all its mails, in bytes
 * @param oldest since when its oldest mail is there; held mail does not count
 * @param nextAttempt when the next waiting mail is tried
 * @param lastReply why the mail that was tried last was not delivered
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record QueueSummary(
        @JsonProperty("queue") String queue,
        @JsonProperty("kind") QueueKind kind,
        @JsonProperty("onHold") boolean onHold,
        @JsonProperty("read") boolean read,
        @JsonProperty("ready") long ready,
        @JsonProperty("waiting") long waiting,
        @JsonProperty("inDelivery") long inDelivery,
        @JsonProperty("held") long held,
        @JsonProperty("size") long size,
        @JsonProperty("oldest") Optional<Instant> oldest,
        @JsonProperty("nextAttempt") Optional<Instant> nextAttempt,
        @JsonProperty("lastReply") Optional<String> lastReply) {

    /** Sums the mails of a queue up. */
    public static QueueSummary of(
            String queue, QueueKind kind, boolean onHold, boolean read, Collection<QueuedMail> mails) {
        return new QueueSummary(
                queue,
                kind,
                onHold,
                read,
                count(mails, MailState.READY),
                count(mails, MailState.WAITING),
                count(mails, MailState.IN_DELIVERY),
                count(mails, MailState.HELD),
                mails.stream().mapToLong(QueuedMail::size).sum(),
                mails.stream()
                        .filter(mail -> mail.state() != MailState.HELD)
                        .map(QueuedMail::since)
                        .min(Comparator.naturalOrder()),
                mails.stream()
                        .filter(mail -> mail.state() == MailState.WAITING)
                        .flatMap(mail -> mail.nextAttempt().stream())
                        .min(Comparator.naturalOrder()),
                mails.stream()
                        .filter(mail -> mail.lastReply().isPresent())
                        .max(Comparator.comparing(mail -> mail.lastTry().orElse(mail.since())))
                        .flatMap(QueuedMail::lastReply));
    }

    /** All its mails but those that an operator holds. */
    public long length() {
        return ready + waiting + inDelivery;
    }

    private static long count(Collection<QueuedMail> mails, MailState state) {
        return mails.stream().filter(mail -> mail.state() == state).count();
    }
}
