package org.mailflow.mailets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.container.settings.KeepUnreachableSettings;
import org.mailflow.core.decision.Route;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.Contained;
import org.mailflow.james.Copies;
import org.mailflow.james.RouteStamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps mail to which no outbound connector leads, as Exchange does in its unreachable queue, until there is one: at the start,
 * and whenever the configuration was reloaded, mail that has a way now goes back to the processor where {@link SelectConnector}
 * sent it from. An operator lists it, sends it again and deletes it as in any repository. It does not expire.
 *
 * <pre>{@code
 * <processor state="unreachable">
 *   <mailet match="All" class="org.mailflow.mailets.KeepUnreachable">
 *     <repositoryPath>jpa://var/mail/unreachable</repositoryPath>
 *     <onMailetException>propagate</onMailetException>
 *   </mailet>
 * </processor>
 * }</pre>
 */
public class KeepUnreachable extends GenericMailet {

    private static final Logger LOGGER = LoggerFactory.getLogger(KeepUnreachable.class);

    private final MailRepositoryStore store;
    private final Provider<LiveMailflow> live;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "mailflow-unreachable");
        thread.setDaemon(true);
        return thread;
    });
    private Optional<MailRepository> repository = Optional.empty();

    /** Keeps mail in a repository of this store. */
    @Inject
    public KeepUnreachable(MailRepositoryStore store, Provider<LiveMailflow> live) {
        this.store = store;
        this.live = live;
    }

    /** Refuses unknown parameters, and looks through what was kept before. */
    @Override
    public void init() throws MessagingException {
        Parameters parameters = new Parameters(getMailetConfig(), KeepUnreachableSettings.SPEC);
        Optional<String> path = parameters.optional(KeepUnreachableSettings.REPOSITORY_PATH);
        if (path.isEmpty()) {
            parameters.problem("<repositoryPath> is missing: write where the mail is kept");
        }
        parameters.refuseProblems();
        repository = Optional.of(open(path.orElseThrow()));
        live.get().onReload(mailflow -> lookThrough());
        lookThrough();
    }

    private MailRepository open(String path) throws MessagingException {
        try {
            return store.select(MailRepositoryUrl.from(path));
        } catch (MailRepositoryStore.MailRepositoryStoreException e) {
            throw new MessagingException("the repository " + path + " cannot be opened", e);
        }
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        Contained.run(getMailetContext(), getMailetInfo(), () -> {
            repository.orElseThrow().store(mail);
            mail.setState(Mail.GHOST);
        });
    }

    /** Whoever reloads does not wait for it. */
    private void lookThrough() {
        if (!worker.isShutdown()) {
            worker.execute(this::sendWhatHasAWay);
        }
    }

    private void sendWhatHasAWay() {
        int sent = 0;
        try {
            MailRepository kept = repository.orElseThrow();
            List<MailKey> keys = new ArrayList<>();
            kept.list().forEachRemaining(keys::add);
            for (MailKey key : keys) {
                sent += isSent(kept, key) ? 1 : 0;
            }
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("Unreachable mail cannot be looked through; it stays until the next reload", e);
        }
        if (sent > 0) {
            LOGGER.info("{} mails that were unreachable have a way now", sent);
        }
    }

    private boolean isSent(MailRepository kept, MailKey key) throws MessagingException {
        Optional<Mail> found = Optional.ofNullable(kept.retrieve(key));
        if (found.isEmpty()) {
            return false;
        }
        Mail mail = found.get();
        try {
            Optional<RouteStamp> route = RouteStamp.of(mail);
            if (route.isEmpty() || !hasAWay(mail)) {
                return false;
            }
            Mail copy = Copies.toRouteAgain(mail);
            try {
                // Under a new name: where it comes back at once, it must not be taken for the one that leaves.
                copy.setName(Copies.newName(mail));
                getMailetContext().sendMail(copy, route.get().routedIn());
            } finally {
                LifecycleUtil.dispose(copy);
            }
            kept.remove(key);
            return true;
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    private boolean hasAWay(Mail mail) throws MessagingException {
        Mailflow now = live.get().current();
        return Plans.of(mail, now).groups().stream().anyMatch(group -> !(group.route() instanceof Route.Unreachable));
    }

    @Override
    public void destroy() {
        worker.shutdown();
    }

    @Override
    public String getMailetInfo() {
        return "KeepUnreachable";
    }
}
