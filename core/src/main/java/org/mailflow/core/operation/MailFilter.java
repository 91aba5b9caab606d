package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which mails an operator means; every field narrows the choice.
 *
 * @param ids these alone; empty for any
 * @param queue of this queue alone
 * @param from with this sender: an address, {@code @domain}, or {@code <>}
 * @param to with such a recipient: an address, or {@code @domain}
 * @param reason whose last reply has this text in it, whatever its case
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MailFilter(
        @JsonProperty("ids") List<String> ids,
        @JsonProperty("queue") Optional<String> queue,
        @JsonProperty("from") Optional<String> from,
        @JsonProperty("to") Optional<String> to,
        @JsonProperty("reason") Optional<String> reason) {

    /** Copies the ids. */
    public MailFilter {
        ids = List.copyOf(ids);
    }

    /** Every mail of every queue. */
    public static MailFilter all() {
        return new MailFilter(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** One mail. */
    public static MailFilter ofId(String id) {
        return new MailFilter(List.of(id), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The mails of a queue. */
    public static MailFilter ofQueue(String queue) {
        return new MailFilter(List.of(), Optional.of(queue), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether a mail is meant. */
    public boolean matches(QueuedMail mail) {
        return (ids.isEmpty() || ids.contains(mail.id()))
                && queue.map(mail.queue()::equalsIgnoreCase).orElse(true)
                && from.map(wanted -> isAddress(mail.sender(), wanted)).orElse(true)
                && to.map(wanted -> mail.recipients().stream().anyMatch(recipient -> isAddress(recipient, wanted)))
                        .orElse(true)
                && reason.map(wanted -> mail.lastReply()
                                .filter(reply ->
                                        reply.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT)))
                                .isPresent())
                        .orElse(true);
    }

    private static boolean isAddress(String address, String wanted) {
        return wanted.startsWith("@")
                ? address.toLowerCase(Locale.ROOT).endsWith(wanted.toLowerCase(Locale.ROOT))
                : address.equalsIgnoreCase(wanted);
    }
}
