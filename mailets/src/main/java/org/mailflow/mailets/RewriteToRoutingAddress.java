package org.mailflow.mailets;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.container.settings.OwnMailets;
import org.mailflow.core.decision.Contacts;
import org.mailflow.core.decision.RecipientResolver;
import org.mailflow.core.decision.Resolution;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.Addresses;
import org.mailflow.james.ContactStamps;
import org.mailflow.james.Contained;
import org.mailflow.james.MailFacts;
import org.mailflow.james.Snapshots;

/**
 * Gives each recipient in the envelope the address that its mail is delivered to: a mailbox its primary address, a
 * mailbox on the other premises its routing address, a contact its external address. Two recipients that become one
 * address are one. A group stays as one recipient, for SelectConnector to expand. Headers stay as they are; recipients
 * that are unknown, or whose directory is unavailable, too.
 *
 * <pre>{@code
 * <mailet match="All" class="org.mailflow.mailets.RewriteToRoutingAddress">
 *   <onMailetException>propagate</onMailetException>
 * </mailet>
 * }</pre>
 *
 * {@link SelectConnector} does the same by itself and needs no such mailet before it.
 *
 * <p>It takes no parameters. With {@code propagate} a mail whose stamp is damaged is tried again and then kept in the
 * error repository of the spooler, never returned to a sender who is not to blame.
 */
public class RewriteToRoutingAddress extends GenericMailet {

    private final Provider<LiveMailflow> live;
    private final MailEvents events;

    /** Asks this configuration, and tells of every change. */
    @Inject
    public RewriteToRoutingAddress(Provider<LiveMailflow> live, MailEvents events) {
        this.live = live;
        this.events = events;
    }

    /** Refuses any parameter. */
    @Override
    public void init() throws MessagingException {
        new Parameters(getMailetConfig(), OwnMailets.REWRITE_TO_ROUTING_ADDRESS).refuseProblems();
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        Contained.run(getMailetContext(), getMailetInfo(), () -> handle(mail));
    }

    private void handle(Mail mail) throws MessagingException {
        Mailflow mailflow = Snapshots.of(mail, Snapshots.stamp(mail), live.get());
        SetMultimap<MailAddress, MailAddress> addresses = LinkedHashMultimap.create();
        List<MailEvent> changes = new ArrayList<>();
        Contacts contacts = ContactStamps.of(mail);
        for (MailAddress recipient : mail.getRecipients()) {
            Optional<Resolution> resolution =
                    Envelope.read(recipient).map(address -> RecipientResolver.resolveRecipient(mailflow, address));
            Optional<EmailAddress> changed =
                    resolution.filter(Resolution::isReaddressed).map(Resolution::deliveryAddress);
            contacts = resolution.map(contacts::with).orElse(contacts);
            addresses.put(recipient, changed.map(Addresses::toJames).orElse(recipient));
            changed.ifPresent(
                    address -> changes.add(MailFacts.event(MailEvent.Type.REWRITTEN, mailflow, mail, List.of(recipient))
                            .organization(resolution.get().organization().map(Object::toString))
                            .reason("to " + address + ": " + resolution.get().reason())
                            .build()));
        }
        if (!changes.isEmpty()) {
            Envelope.readdress(mail, addresses);
            ContactStamps.put(mail, contacts);
            changes.forEach(events::record);
        }
    }

    @Override
    public String getMailetInfo() {
        return "RewriteToRoutingAddress";
    }
}
