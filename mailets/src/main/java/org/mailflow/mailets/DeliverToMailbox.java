package org.mailflow.mailets;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.transport.mailets.LocalDelivery;
import org.apache.james.transport.mailets.delivery.MailDispatcher;
import org.apache.james.transport.mailets.delivery.MailboxAppenderImpl;
import org.apache.james.transport.mailets.delivery.SimpleMailStore;
import org.apache.james.user.api.UsersRepository;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.GenericMailet;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.container.settings.DeliverToMailboxSettings;
import org.mailflow.core.event.MailEvents;
import org.mailflow.james.Contained;
import org.mailflow.james.HandedOn;

/**
 * Puts a mail into the mailboxes of its recipients, as James' {@code LocalDelivery} does, and tells of each copy that is
 * in one. Recipients whose mailbox cannot be written to, after some tries, go on in a processor of their own; the others
 * have their copy and do not get it again, nor do they after a fault in between.
 *
 * <pre>{@code
 * <processor state="local-delivery">
 *   <mailet match="All" class="org.mailflow.mailets.DeliverToMailbox">
 *     <failedProcessor>mailbox-failed</failedProcessor>
 *     <onMailetException>mailbox-failed</onMailetException>
 *   </mailet>
 * </processor>
 * }</pre>
 */
public class DeliverToMailbox extends GenericMailet {

    private final UsersRepository users;
    private final MailboxManager mailboxes;
    private final MetricFactory metrics;
    private final Provider<LiveMailflow> live;
    private final MailEvents events;
    private Optional<ProcessingState> failedProcessor = Optional.empty();
    private Optional<MailDispatcher> dispatcher = Optional.empty();

    /** Delivers into these mailboxes. */
    @Inject
    public DeliverToMailbox(
            UsersRepository users,
            @Named("mailboxmanager") MailboxManager mailboxes,
            MetricFactory metrics,
            Provider<LiveMailflow> live,
            MailEvents events) {
        this.users = users;
        this.mailboxes = mailboxes;
        this.metrics = metrics;
        this.live = live;
        this.events = events;
    }

    /** Refuses unknown parameters. */
    @Override
    public void init() throws MessagingException {
        Parameters parameters = new Parameters(getMailetConfig(), DeliverToMailboxSettings.SPEC);
        ProcessingState failed = parameters.processor(DeliverToMailboxSettings.FAILED_PROCESSOR);
        parameters.refuseProblems();
        failedProcessor = Optional.of(failed);
        SimpleMailStore store = SimpleMailStore.builder()
                .mailboxAppender(new MailboxAppenderImpl(mailboxes))
                .usersRepository(users)
                .folder(MailboxConstants.INBOX)
                .metric(metrics.generate(LocalDelivery.LOCAL_DELIVERED_MAILS_METRIC_NAME))
                .build();
        dispatcher = Optional.of(MailDispatcher.builder()
                .mailStore(new RecordedStore(store, live, events))
                .consume(true)
                .onMailetException(failed.getValue())
                .retries(MailDispatcher.RETRIES)
                .mailetContext(getMailetContext())
                .build());
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        Contained.run(getMailetContext(), getMailetInfo(), () -> handle(mail));
    }

    private void handle(Mail mail) throws MessagingException {
        HandedOn.leaveTheOthers(mail, List.copyOf(mail.getRecipients()));
        if (mail.getRecipients().isEmpty()) {
            mail.setState(Mail.GHOST);
            return;
        }
        dispatcher.orElseThrow().dispatch(mail);
        HandedOn.forget(mail);
    }

    @Override
    public Collection<ProcessingState> requiredProcessingState() {
        return failedProcessor.stream().toList();
    }

    @Override
    public String getMailetInfo() {
        return "DeliverToMailbox";
    }
}
