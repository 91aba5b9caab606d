package org.mailflow.matchers;

import java.util.Collection;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.container.settings.OwnMatchers;
import org.mailflow.core.decision.RecipientResolver;
import org.mailflow.core.decision.RecipientSide;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.Contained;

/**
 * Matches recipients whose mailbox is in the cloud: here, where this server plays the cloud side of their organization,
 * else by their routing address.
 *
 * <pre>{@code
 * <mailet match="org.mailflow.matchers.RecipientIsCloud" class="ToProcessor">
 *   <onMatchException>propagate</onMatchException>
 *   <processor>cloud</processor>
 * </mailet>
 * }</pre>
 *
 * A recipient whose directory is unavailable makes the matcher throw: {@code onMatchException} as above has James try
 * the mail again, and set it aside where that does not help.
 */
public class RecipientIsCloud extends GenericMatcher {

    private final Facts facts;

    /** Asks this configuration. */
    @Inject
    public RecipientIsCloud(Provider<LiveMailflow> live) {
        this.facts = new Facts(live);
    }

    /** Refuses any condition. */
    @Override
    public void init() throws MessagingException {
        new Condition(getMatcherConfig()).refuseFlaws(OwnMatchers.RECIPIENT_IS_CLOUD, Optional.empty());
    }

    @Override
    public Collection<MailAddress> match(Mail mail) throws MessagingException {
        return Contained.ask(getMailetContext(), getMatcherInfo(), () -> matching(mail));
    }

    private Collection<MailAddress> matching(Mail mail) throws MessagingException {
        Mailflow mailflow = facts.snapshot(mail);
        return Facts.recipients(
                mail, recipient -> RecipientSide.of(RecipientResolver.resolveRecipient(mailflow, recipient))
                        .map(side -> side == RecipientSide.CLOUD));
    }

    @Override
    public String getMatcherInfo() {
        return "RecipientIsCloud";
    }
}
