package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A mail in a queue.
 *
 * @param id the server's own id of the mail
 * @param queue {@code spool}, {@code mx}, or a connector as {@code organization/connector}
 * @param state how it stands
 * @param sender MAIL FROM; {@code <>} for the null sender
 * @param recipients RCPT TO, those that are still to be served
 * @param size in bytes
 * @param since when it came into its queue
 * @param tries how often it was tried in vain
 * @param nextAttempt when it is tried next; empty where that is now, or never as long as it is held
 * @param lastTry when it was tried last, as far as that was noted
 * @param lastReply why it was not delivered, by the last attempt
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record QueuedMail(
        @JsonProperty("id") String id,
        @JsonProperty("queue") String queue,
        @JsonProperty("state") MailState state,
        @JsonProperty("sender") String sender,
        @JsonProperty("recipients") List<String> recipients,
        @JsonProperty("size") long size,
        @JsonProperty("since") Instant since,
        @JsonProperty("tries") int tries,
        @JsonProperty("nextAttempt") Optional<Instant> nextAttempt,
        @JsonProperty("lastTry") Optional<Instant> lastTry,
        @JsonProperty("lastReply") Optional<String> lastReply) {

    /** Copies the recipients. */
    public QueuedMail {
        recipients = List.copyOf(recipients);
    }
}
