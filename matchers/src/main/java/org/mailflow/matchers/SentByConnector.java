package org.mailflow.matchers;

import java.util.Collection;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.mailflow.core.container.settings.OwnMatchers;
import org.mailflow.core.decision.ConnectorNames;
import org.mailflow.core.decision.Stamp;
import org.mailflow.james.Contained;
import org.mailflow.james.Snapshots;

/**
 * Matches mail that an inbound connector of this name attributed to an organization. The condition is the connector's
 * name, or {@code organization/connector}.
 *
 * <pre>{@code
 * <mailet match="org.mailflow.matchers.SentByConnector=Inbound from on-premises" class="ToProcessor">
 *   <onMatchException>propagate</onMatchException>
 *   <processor>internal</processor>
 * </mailet>
 * }</pre>
 *
 * The connector stands in the stamp that Mailflow's SMTP handlers put on a mail. Mail that came by SMTP without a stamp
 * makes the matcher throw; mail that this server made itself matches no name.
 */
public class SentByConnector extends GenericMatcher {

    private String name = "";

    /** Refuses a missing name. */
    @Override
    public void init() throws MessagingException {
        Condition condition = new Condition(getMatcherConfig());
        condition.refuseFlaws(OwnMatchers.SENT_BY_CONNECTOR, Optional.empty());
        name = condition.text().orElseThrow();
    }

    @Override
    public Collection<MailAddress> match(Mail mail) throws MessagingException {
        return Contained.ask(getMailetContext(), getMatcherInfo(), () -> matching(mail));
    }

    private Collection<MailAddress> matching(Mail mail) throws MessagingException {
        Optional<Stamp> stamp = Snapshots.session(mail);
        return Facts.allIf(
                mail,
                stamp.filter(found -> ConnectorNames.isInboundOf(found, name)).isPresent());
    }

    @Override
    public String getMatcherInfo() {
        return "SentByConnector";
    }
}
