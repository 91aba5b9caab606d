package org.mailflow.core.operation;

import java.util.List;
import java.util.Optional;

/** The repositories of a running server, where mail stands that did not go its way. */
public interface RepositoryOperations {

    /**
     * Every repository, by URL.
     *
     * @throws OperationException where one cannot be read
     */
    List<RepositorySummary> repositories() throws OperationException;

    /**
     * The mails of a repository.
     *
     * @param repository its URL, or the last part of it
     * @param limit how many at most
     * @throws OperationException where there is no such repository
     */
    List<StoredMail> mails(String repository, int limit) throws OperationException;

    /**
     * One mail of a repository.
     *
     * @param repository its URL, or the last part of it
     * @throws OperationException where there is no such repository or mail
     */
    StoredMail mail(String repository, String key) throws OperationException;

    /**
     * Sends mails back to a processor. A mail leaves the repository when it is in the spool.
     *
     * @param key which mail; empty for all
     * @param processor which; empty for the first, or, of mail that was set aside or deleted, for the one that it was in
     * @throws OperationException where there is no such repository, mail or processor
     */
    ActionResult replay(String repository, Optional<String> key, Optional<String> processor) throws OperationException;

    /**
     * Deletes mails for ever.
     *
     * @param key which mail; empty for all
     * @throws OperationException where there is no such repository or mail
     */
    ActionResult delete(String repository, Optional<String> key) throws OperationException;
}
