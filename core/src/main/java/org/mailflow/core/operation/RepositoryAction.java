package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * To which mails of a repository something is to be done, as it is written in JSON or on the command line.
 *
 * @param repository its URL, or the last part of it
 * @param key which mail
 * @param all whether every mail is meant where no key is given
 * @param processor where mails are sent again; empty for the first, or, of mail that was set aside or deleted, for the one that it
 *     was in
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RepositoryAction(
        @JsonProperty(value = "repository", required = true) String repository,
        @JsonProperty("key") Optional<String> key,
        @JsonProperty("all") Optional<Boolean> all,
        @JsonProperty("processor") Optional<String> processor) {

    /**
     * Sends mails again.
     *
     * @throws OperationException as {@link RepositoryOperations#replay} does, and where no mail is named
     */
    public ActionResult replay(RepositoryOperations repositories) throws OperationException {
        requireChoice();
        return repositories.replay(repository, key, processor);
    }

    /**
     * Deletes mails.
     *
     * @throws OperationException as {@link RepositoryOperations#delete} does, and where no mail is named
     */
    public ActionResult delete(RepositoryOperations repositories) throws OperationException {
        requireChoice();
        return repositories.delete(repository, key);
    }

    private void requireChoice() throws OperationException {
        if (key.isEmpty() && !all.orElse(false)) {
            throw OperationException.invalid("say which mail is meant, or that all are");
        }
    }
}
