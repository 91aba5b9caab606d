package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * To which mails something is to be done, as it is written in JSON or on the command line.
 *
 * @param mails which
 * @param all whether every mail is meant where {@code mails} says nothing
 * @param disposal what becomes of mails that are deleted; empty for {@link Disposal#KEEP}
 * @param target the queue that mails are moved to
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MailAction(
        @JsonProperty(value = "mails", required = true) MailFilter mails,
        @JsonProperty("all") Optional<Boolean> all,
        @JsonProperty("disposal") Optional<Disposal> disposal,
        @JsonProperty("target") Optional<String> target) {

    /** The verbs that are done to mails. */
    public enum Verb {
        /** Tries them now. */
        RETRY,
        /** Holds them. */
        HOLD,
        /** Lets them go. */
        RELEASE,
        /** Takes them out. */
        DELETE,
        /** Moves them to another queue. */
        MOVE
    }

    /**
     * Does it.
     *
     * @throws OperationException where it says nothing of which mails, or the action cannot be done
     */
    public ActionResult run(Verb verb, QueueOperations queues) throws OperationException {
        if (mails.equals(MailFilter.all()) && !all.orElse(false)) {
            throw OperationException.invalid("say which mails are meant, or that all are");
        }
        return switch (verb) {
            case RETRY -> queues.retry(mails);
            case HOLD -> queues.hold(mails);
            case RELEASE -> queues.release(mails);
            case DELETE -> queues.delete(mails, disposal.orElse(Disposal.KEEP));
            case MOVE ->
                queues.move(
                        mails,
                        target.orElseThrow(() -> OperationException.invalid("say to which queue: target is missing")));
        };
    }
}
