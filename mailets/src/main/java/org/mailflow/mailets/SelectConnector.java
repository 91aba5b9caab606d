package org.mailflow.mailets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.GenericMailet;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.container.settings.SelectConnectorSettings;
import org.mailflow.core.decision.RoutePlan;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.ContactStamps;
import org.mailflow.james.Contained;
import org.mailflow.james.HandedOn;
import org.mailflow.james.Snapshots;

/**
 * Chooses the way of every recipient (mailbox here, outbound connector, MX) and makes one mail per way, never one per
 * recipient. Groups and forwarding addresses are followed to those who receive the mail, each of whom gets it once. Each has its recipients' delivery addresses, the way in its attributes ({@code org.mailflow.route}, {@code
 * org.mailflow.outboundConnector}, {@code org.mailflow.routeReason}), and goes on in the processor for its kind of way.
 * A mail that was here before, which this server knows by its own signed mark, never goes the way again that it went then:
 * it goes on in the processor for loops, or, where those who would receive it have it, nowhere.
 * A mail whose way cannot be told now, because a directory is unavailable, comes back to this processor after a while.
 *
 * <pre>{@code
 * <processor state="routing">
 *   <mailet match="All" class="org.mailflow.mailets.SelectConnector">
 *     <localProcessor>local-delivery</localProcessor>
 *     <relayProcessor>relay</relayProcessor>
 *     <unknownRecipientProcessor>unknown-recipient</unknownRecipientProcessor>
 *     <unreachableProcessor>unreachable</unreachableProcessor>
 *     <notPermittedProcessor>not-permitted</notPermittedProcessor>
 *     <loopProcessor>loops</loopProcessor>
 *     <tooLargeProcessor>too-large</tooLargeProcessor>
 *     <onMailetException>propagate</onMailetException>
 *   </mailet>
 * </processor>
 * }</pre>
 *
 * Give it a processor of its own: a mail that must be routed again starts at the beginning of that processor. With
 * {@code propagate} a mail of which a copy could not be enqueued is tried again for the recipients that have none yet.
 */
public class SelectConnector extends GenericMailet {

    private final Provider<LiveMailflow> live;
    private final MailEvents events;
    private Optional<WaitSchedule> waits = Optional.empty();
    private Optional<RouteStates> states = Optional.empty();

    /** Asks this configuration, and tells of every choice. */
    @Inject
    public SelectConnector(Provider<LiveMailflow> live, MailEvents events) {
        this.live = live;
        this.events = events;
    }

    /** Refuses unknown parameters. */
    @Override
    public void init() throws MessagingException {
        Parameters parameters = new Parameters(getMailetConfig(), SelectConnectorSettings.SPEC);
        states = Optional.of(RouteStates.of(parameters));
        waits = Optional.of(new WaitSchedule(parameters.value(SelectConnectorSettings.WAIT_INTERVALS)));
        parameters.refuseProblems();
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
        Optional<Stamp> stamp = Snapshots.stamp(mail);
        Mailflow mailflow = Snapshots.of(mail, stamp, live.get());
        Recipients recipients = new Recipients(mail.getRecipients());
        RoutePlan plan = Plans.of(mail, mailflow, stamp, recipients);
        ContactStamps.put(mail, plan.contacts());
        List<RoutedCopy> copies = new ArrayList<>();
        plan.groups().forEach(group -> copies.add(RoutedCopy.of(group, recipients)));
        if (!recipients.unreadable().isEmpty()) {
            copies.add(RoutedCopy.ofUnreadable(recipients.unreadable()));
        }
        new Dispatch(mailflow, states.orElseThrow(), waits.orElseThrow(), getMailetContext(), events)
                .dispatch(mail, copies);
    }

    @Override
    public Collection<ProcessingState> requiredProcessingState() {
        return states.map(RouteStates::all).orElse(List.of());
    }

    @Override
    public String getMailetInfo() {
        return "SelectConnector";
    }
}
