package org.mailflow.delivery.custody;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryPath;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.mailet.Mail;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.model.FaultSchedule;
import org.mailflow.james.Copies;

/** The mail repository that {@code poisonRepository} of {@code mailflow.xml} names. */
public final class PoisonRepository implements Poison {

    private final MailRepositoryStore repositories;
    private final Provider<LiveMailflow> live;

    /** One of these repositories. */
    @Inject
    public PoisonRepository(MailRepositoryStore repositories, Provider<LiveMailflow> live) {
        this.repositories = repositories;
        this.live = live;
    }

    @Override
    public String keep(Mail mail) throws MessagingException {
        MailRepositoryUrl url = url();
        MailRepository repository = select(url);
        if (isTaken(mail, repository)) {
            mail.setName(Copies.newName(mail));
        }
        repository.store(mail);
        return url.asString();
    }

    /**
     * Whether a repository, which holds one mail of a name, has another of this name, that would be lost. What was kept
     * before its queue could forget it is the same mail, and is kept a second time in its own place.
     */
    private static boolean isTaken(Mail mail, MailRepository repository) throws MessagingException {
        Mail kept = repository.retrieve(new MailKey(mail.getName()));
        if (kept == null) {
            return false;
        }
        try {
            return !(Set.copyOf(kept.getRecipients()).equals(Set.copyOf(mail.getRecipients()))
                    && Objects.equals(kept.getState(), mail.getState()));
        } finally {
            LifecycleUtil.dispose(kept);
        }
    }

    private MailRepository select(MailRepositoryUrl url) throws MessagingException {
        try {
            return repositories.select(url);
        } catch (MailRepositoryStore.MailRepositoryStoreException e) {
            throw new MessagingException("the repository " + url.asString() + " cannot be opened", e);
        }
    }

    /**
     * Where mail is set aside now.
     *
     * @throws MessagingException where neither {@code mailflow.xml} nor {@code mailrepositorystore.xml} says
     */
    public MailRepositoryUrl url() throws MessagingException {
        Optional<String> configured =
                live.get().current().server().faultSchedule().repository();
        if (configured.isPresent()) {
            return MailRepositoryUrl.from(configured.get());
        }
        return MailRepositoryUrl.fromPathAndProtocol(
                repositories
                        .defaultProtocol()
                        .orElseThrow(
                                () -> new MessagingException("mailrepositorystore.xml has no defaultProtocol: write "
                                        + "poisonRepository into <server> of mailflow.xml")),
                MailRepositoryPath.from(FaultSchedule.PATH));
    }
}
