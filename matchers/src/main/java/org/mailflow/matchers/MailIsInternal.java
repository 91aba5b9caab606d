package org.mailflow.matchers;

import java.util.Collection;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.mailflow.core.container.settings.OwnMatchers;
import org.mailflow.core.decision.Internality;
import org.mailflow.james.Contained;
import org.mailflow.james.Snapshots;

/**
 * Matches mail inside of an organization: of an authenticated user, of the other premises where they say so and proved
 * themselves by a certificate, of a connector with {@code treatMessagesAsInternal} in a domain of ours, and mail that this server
 * made itself. Any doubt makes a mail external. It takes no condition.
 *
 * <pre>{@code
 * <mailet match="org.mailflow.matchers.MailIsInternal" class="ToProcessor">
 *   <onMatchException>propagate</onMatchException>
 *   <processor>internal</processor>
 * </mailet>
 * }</pre>
 *
 * Mail that came by SMTP without a stamp of Mailflow's SMTP handlers makes the matcher throw.
 */
public class MailIsInternal extends GenericMatcher {

    /** Refuses a condition. */
    @Override
    public void init() throws MessagingException {
        new Condition(getMatcherConfig()).refuseFlaws(OwnMatchers.MAIL_IS_INTERNAL, Optional.empty());
    }

    @Override
    public Collection<MailAddress> match(Mail mail) throws MessagingException {
        return Contained.ask(
                getMailetContext(), getMatcherInfo(), () -> Facts.allIf(mail, Internality.of(Snapshots.session(mail))));
    }

    @Override
    public String getMatcherInfo() {
        return "MailIsInternal";
    }
}
