package org.mailflow.matchers;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.container.settings.OwnMatchers;
import org.mailflow.core.decision.ConnectorNames;
import org.mailflow.core.decision.Contacts;
import org.mailflow.core.decision.RoutePlan;
import org.mailflow.core.decision.Router;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.decision.TlsDemand;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.ContactStamps;
import org.mailflow.james.Contained;
import org.mailflow.james.Snapshots;

/**
 * Matches recipients whose mail leaves by an outbound connector that demands TLS ({@code tlsSettings}). With the name of
 * a connector ({@code connector}, or {@code organization/connector}) only those whose mail leaves by this one.
 *
 * <pre>{@code
 * <mailet match="org.mailflow.matchers.TlsIsRequired=Partner Fabrikam" class="org.mailflow.mailets.DeliverByConnector">
 *   <onMatchException>propagate</onMatchException>
 *   <connector>contoso/Partner Fabrikam</connector>
 * </mailet>
 * }</pre>
 *
 * A recipient whose directory is unavailable makes the matcher throw, and so does a name that no connector bears any
 * more after a reload.
 */
public class TlsIsRequired extends GenericMatcher {

    private final Facts facts;
    private Optional<String> name = Optional.empty();

    /** Asks this configuration. */
    @Inject
    public TlsIsRequired(Provider<LiveMailflow> live) {
        this.facts = new Facts(live);
    }

    /** Refuses a name that is not exactly one connector's. */
    @Override
    public void init() throws MessagingException {
        Condition condition = new Condition(getMatcherConfig());
        name = condition.text();
        condition.refuseFlaws(
                OwnMatchers.TLS_IS_REQUIRED, name.isPresent() ? Optional.of(facts.current()) : Optional.empty());
    }

    @Override
    public Collection<MailAddress> match(Mail mail) throws MessagingException {
        return Contained.ask(getMailetContext(), getMatcherInfo(), () -> matching(mail));
    }

    private Collection<MailAddress> matching(Mail mail) throws MessagingException {
        Mailflow mailflow = facts.snapshot(mail);
        Optional<Stamp> stamp = Snapshots.stamp(mail);
        Optional<EmailAddress> sender = Facts.sender(mail);
        Contacts contacts = ContactStamps.of(mail);
        Optional<ConnectorNames.Outbound> named = named(mailflow);
        return Facts.recipients(mail, recipient -> {
            RoutePlan plan = Router.plan(mailflow, sender, stamp, List.of(recipient), contacts);
            return named.map(connector -> TlsDemand.of(plan, connector)).orElseGet(() -> TlsDemand.of(plan));
        });
    }

    private Optional<ConnectorNames.Outbound> named(Mailflow mailflow) throws MessagingException {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        List<ConnectorNames.Outbound> found = ConnectorNames.outbound(mailflow, name.get());
        if (found.size() != 1) {
            throw new MessagingException(
                    "matcher TlsIsRequired: '" + name.get() + "' is no outbound connector any more");
        }
        return Optional.of(found.get(0));
    }

    @Override
    public String getMatcherInfo() {
        return "TlsIsRequired";
    }
}
