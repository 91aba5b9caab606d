package org.mailflow.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.james.queue.api.MailQueue;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.NearMiss;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.operation.ActionResult;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.RepositoryOperations;
import org.mailflow.core.operation.RepositorySummary;
import org.mailflow.core.operation.StoredMail;
import org.mailflow.james.Copies;

/** An operator's actions on the repositories of this server. */
public final class OperatedRepositories implements RepositoryOperations {

    /** James counts here how often a mail failed, and gives up at once where the count stays. */
    private static final AttributeName JAMES_FAILURES = AttributeName.of("mail-processing-error-count");

    private final MailRepositoryStore store;
    private final Supplier<MailQueue> spool;
    private final Supplier<Set<String>> processors;
    private final Interrupted interrupted;
    private final Provider<LiveMailflow> live;
    private final MailEvents events;

    /** Which repositories hold mail that was taken out of its way. */
    @FunctionalInterface
    public interface Interrupted {

        /**
         * Whether mail stands there in the state that it was in; all other mail stands where a processor put it, and would
         * only come back from there, or be returned to its sender once more.
         *
         * @throws MessagingException where that cannot be told
         */
        boolean isIn(MailRepositoryUrl url) throws MessagingException;
    }

    /**
     * Handles the repositories of this store.
     *
     * @param spool where mail is sent again
     * @param processors the names of all processors
     * @param interrupted whose mail goes on where it was; the others' begins anew
     */
    public OperatedRepositories(
            MailRepositoryStore store,
            Supplier<MailQueue> spool,
            Supplier<Set<String>> processors,
            Interrupted interrupted,
            Provider<LiveMailflow> live,
            MailEvents events) {
        this.store = store;
        this.spool = spool;
        this.processors = processors;
        this.interrupted = interrupted;
        this.live = live;
        this.events = events;
    }

    @Override
    public List<RepositorySummary> repositories() throws OperationException {
        List<RepositorySummary> summaries = new ArrayList<>();
        for (MailRepositoryUrl url : urls()) {
            try {
                summaries.add(new RepositorySummary(url.asString(), open(url).size()));
            } catch (MessagingException e) {
                throw failed(url, e);
            }
        }
        return summaries;
    }

    @Override
    public List<StoredMail> mails(String repository, int limit) throws OperationException {
        MailRepositoryUrl url = find(repository);
        try {
            MailRepository opened = open(url);
            List<StoredMail> mails = new ArrayList<>();
            Iterator<MailKey> keys = opened.list();
            while (keys.hasNext() && mails.size() < limit) {
                MailKey key = keys.next();
                Optional<Mail> mail = Optional.ofNullable(opened.retrieve(key));
                if (mail.isPresent()) {
                    mails.add(stored(key, mail.get()));
                    LifecycleUtil.dispose(mail.get());
                }
            }
            mails.sort(Comparator.comparing(StoredMail::since).thenComparing(StoredMail::key));
            return mails;
        } catch (MessagingException e) {
            throw failed(url, e);
        }
    }

    @Override
    public StoredMail mail(String repository, String key) throws OperationException {
        MailRepositoryUrl url = find(repository);
        MailKey wanted = new MailKey(key);
        try {
            Mail mail = Optional.ofNullable(open(url).retrieve(wanted)).orElseThrow(() -> missing(wanted, url));
            try {
                return stored(wanted, mail);
            } finally {
                LifecycleUtil.dispose(mail);
            }
        } catch (MessagingException e) {
            throw failed(url, e);
        }
    }

    @Override
    public ActionResult replay(String repository, Optional<String> key, Optional<String> processor)
            throws OperationException {
        if (processor.isPresent() && !processors.get().contains(processor.get())) {
            throw OperationException.notFound(
                    "there is no processor '" + processor.get() + "'" + didYouMean(processor.get(), processors.get()));
        }
        boolean goesOn = isInterrupted(find(repository));
        return forEach(repository, key, (opened, each, mail) -> {
            String state = processor.orElseGet(() -> goesOn ? remembered(mail) : Mail.DEFAULT);
            // Under a new name: where it fails at once it comes back here, and must not be taken for the one that
            // leaves.
            String old = mail.getName();
            mail.setName(Copies.newName(mail));
            mail.setState(state);
            mail.setErrorMessage(null);
            mail.removeAttribute(JAMES_FAILURES);
            spool.get().enQueue(mail);
            opened.remove(each);
            tell(mail, "operator: " + old + " sent again from " + repository + " to processor " + state);
        });
    }

    @Override
    public ActionResult delete(String repository, Optional<String> key) throws OperationException {
        return forEach(repository, key, (opened, each, mail) -> {
            opened.remove(each);
            tell(mail, "operator: deleted for ever from " + repository);
        });
    }

    private interface Action {
        void apply(MailRepository opened, MailKey key, Mail mail) throws MessagingException;
    }

    private ActionResult forEach(String repository, Optional<String> wanted, Action action) throws OperationException {
        MailRepositoryUrl url = find(repository);
        List<String> done = new ArrayList<>();
        try {
            MailRepository opened = open(url);
            List<MailKey> keys = new ArrayList<>();
            if (wanted.isPresent()) {
                keys.add(new MailKey(wanted.get()));
            } else {
                opened.list().forEachRemaining(keys::add);
            }
            for (MailKey key : keys) {
                Optional<Mail> mail = Optional.ofNullable(opened.retrieve(key));
                if (mail.isPresent()) {
                    try {
                        action.apply(opened, key, mail.get());
                    } finally {
                        LifecycleUtil.dispose(mail.get());
                    }
                    done.add(key.asString());
                } else if (wanted.isPresent()) {
                    throw missing(key, url);
                }
            }
        } catch (MessagingException e) {
            throw OperationException.failed(
                    "done to " + done.size() + " mails, then " + url.asString() + " failed: " + e.getMessage(), e);
        }
        return new ActionResult(done.size(), done, List.of());
    }

    private boolean isInterrupted(MailRepositoryUrl url) throws OperationException {
        try {
            return interrupted.isIn(url);
        } catch (MessagingException e) {
            throw failed(url, e);
        }
    }

    /** The processor in which the mail was; that of errors would only bring it back. */
    private String remembered(Mail mail) {
        return Optional.ofNullable(mail.getState())
                .filter(state -> !state.equals(Mail.ERROR) && !state.equals(Mail.GHOST))
                .filter(processors.get()::contains)
                .orElse(Mail.DEFAULT);
    }

    private static StoredMail stored(MailKey key, Mail mail) throws MessagingException {
        return new StoredMail(
                key.asString(),
                mail.getMaybeSender().asString(),
                mail.getRecipients().stream().map(MailAddress::asString).toList(),
                mail.getMessageSize(),
                mail.getLastUpdated().toInstant(),
                MailText.reason(mail),
                MailText.attributes(mail));
    }

    private List<MailRepositoryUrl> urls() {
        return store.getUrls()
                .sorted(Comparator.comparing(MailRepositoryUrl::asString))
                .toList();
    }

    private MailRepositoryUrl find(String repository) throws OperationException {
        List<MailRepositoryUrl> found =
                urls().stream().filter(url -> url.asString().equals(repository)).toList();
        if (found.isEmpty()) {
            found = urls().stream()
                    .filter(url -> url.asString().endsWith("/" + repository))
                    .toList();
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        Set<String> known = new TreeSet<>();
        urls().forEach(url -> known.add(url.asString()));
        if (found.size() > 1) {
            throw OperationException.invalid("'" + repository + "' means several repositories: "
                    + found.stream().map(MailRepositoryUrl::asString).collect(Collectors.joining(", ")));
        }
        Set<String> names = new TreeSet<>();
        known.forEach(url -> names.add(url.substring(url.lastIndexOf('/') + 1)));
        throw OperationException.notFound("there is no repository '" + repository + "'"
                + (NearMiss.of(repository, names).isPresent()
                        ? didYouMean(repository, names)
                        : "; there are " + String.join(", ", known)));
    }

    private static String didYouMean(String word, Set<String> known) {
        return NearMiss.of(word, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("; there are " + String.join(", ", new TreeSet<>(known)));
    }

    private MailRepository open(MailRepositoryUrl url) throws MessagingException {
        try {
            return store.select(url);
        } catch (MailRepositoryStore.MailRepositoryStoreException e) {
            throw new MessagingException(e.getMessage(), e);
        }
    }

    private void tell(Mail mail, String reason) {
        events.record(MailText.event(live.get().current(), mail, reason));
    }

    private static OperationException missing(MailKey key, MailRepositoryUrl url) {
        return OperationException.notFound("there is no mail '" + key.asString() + "' in " + url.asString());
    }

    private static OperationException failed(MailRepositoryUrl url, MessagingException e) {
        return OperationException.failed("repository " + url.asString() + " cannot be read: " + e.getMessage(), e);
    }
}
