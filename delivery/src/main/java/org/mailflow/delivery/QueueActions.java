package org.mailflow.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;
import org.mailflow.core.operation.Disposal;
import org.mailflow.core.operation.QueueKind;
import org.mailflow.james.Copies;
import org.mailflow.james.RouteStamp;

/** The actions of an operator. */
final class QueueActions {

    private static final int DELETED = 550;
    private static final String DELETED_TEXT = "550 5.3.2 The message was deleted by an administrator of this server";

    private final Clock clock;

    QueueActions(Clock clock) {
        this.clock = clock;
    }

    private record Simple(String reason, Step step) implements QueueAction {

        private interface Step {
            void apply(Mail mail, MailQueueName from, QueueStore.Outlet outlet) throws MessagingException;
        }

        @Override
        public void apply(Mail mail, MailQueueName from, QueueStore.Outlet outlet) throws MessagingException {
            step.apply(mail, from, outlet);
        }
    }

    QueueAction retry() {
        return new Simple("operator: tried again now", (mail, from, outlet) -> outlet.put(mail, from, Duration.ZERO));
    }

    QueueAction hold() {
        return new Simple("operator: held", (mail, from, outlet) -> {
            HeldMail.mark(mail, from, clock.instant());
            outlet.put(mail, HeldMail.QUEUE, Duration.ZERO);
        });
    }

    QueueAction release() {
        return new Simple("operator: released", (mail, from, outlet) -> {
            MailQueueName belongs = HeldMail.from(mail).orElse(MailQueueFactory.SPOOL);
            HeldMail.unmark(mail, clock.instant());
            outlet.put(mail, belongs, Duration.ZERO);
        });
    }

    /**
     * Takes mail out.
     *
     * @param bounceProcessor the processor that returns mail
     * @param deleted where deleted mail is kept
     */
    QueueAction delete(Disposal disposal, String bounceProcessor, MailRepository deleted) {
        return switch (disposal) {
            case PURGE -> new Simple("operator: deleted for ever", (mail, from, outlet) -> {});
            case BOUNCE ->
                new Simple("operator: returned to its sender", (mail, from, outlet) -> {
                    HeldMail.unmark(mail, clock.instant());
                    Mail copy = Bounces.returned(mail, mail.getRecipients(), DELETED, DELETED_TEXT);
                    try {
                        copy.setState(bounceProcessor);
                        outlet.put(copy, MailQueueFactory.SPOOL, Duration.ZERO);
                    } finally {
                        LifecycleUtil.dispose(copy);
                    }
                });
            // The repository knows mails by name: where the transfer is undone and done again, there is one all the
            // same.
            case KEEP ->
                new Simple("operator: deleted, kept in the repository of deleted mail", (mail, from, outlet) -> {
                    HeldMail.unmark(mail, clock.instant());
                    deleted.store(mail);
                });
        };
    }

    /**
     * Moves mail to another queue.
     *
     * @param policy how its mails leave
     */
    QueueAction move(OperatedQueue to, ConnectorPolicy policy) {
        return new Simple("operator: moved to " + to.word(), (mail, from, outlet) -> {
            HeldMail.unmark(mail, clock.instant());
            Tries.startAnew(mail);
            if (!policy.isByDomain()) {
                stamp(mail, to);
                outlet.put(mail, to.name(), Duration.ZERO);
                return;
            }
            for (List<MailAddress> recipients : byDomain(mail)) {
                Mail copy = mail.duplicate();
                try {
                    copy.setName(Copies.newName(mail));
                    copy.setState(mail.getState());
                    copy.setRecipients(recipients);
                    stamp(copy, to);
                    outlet.put(copy, to.name(), Duration.ZERO);
                } finally {
                    LifecycleUtil.dispose(copy);
                }
            }
        });
    }

    /** A dead domain must not hold up the others: where hosts depend on the domain, each domain is a mail. */
    private static List<List<MailAddress>> byDomain(Mail mail) {
        Map<Domain, List<MailAddress>> domains = new LinkedHashMap<>();
        mail.getRecipients()
                .forEach(recipient -> domains.computeIfAbsent(recipient.getDomain(), key -> new ArrayList<>())
                        .add(recipient));
        return List.copyOf(domains.values());
    }

    private static void stamp(Mail mail, OperatedQueue to) {
        boolean byConnector = to.kind() == QueueKind.CONNECTOR;
        String routedIn = RouteStamp.of(mail).map(RouteStamp::routedIn).orElse(Mail.DEFAULT);
        new RouteStamp(
                        byConnector ? "connector " + to.word() : to.word(),
                        byConnector ? Optional.of(to.word()) : Optional.empty(),
                        "an operator moved it",
                        routedIn,
                        mail.getRecipients().stream().map(MailAddress::asString).collect(Collectors.toSet()))
                .put(mail);
    }
}
