package org.mailflow.matchers;

import java.util.ArrayList;
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
import org.mailflow.core.container.settings.Conditions;
import org.mailflow.core.container.settings.OwnMatchers;
import org.mailflow.core.decision.PartnerIpRange;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.ip.IpSet;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.Contained;
import org.mailflow.james.Snapshots;

/**
 * Matches mail whose connecting address is one of a partner's servers. Without a condition: any enabled inbound
 * connector of type partner whose {@code senderDomains} include the sender's domain and whose {@code senderIPAddresses}
 * include the address. Else the condition lists, separated by commas, inbound connectors ({@code connector} or {@code
 * organization/connector}), addresses, prefixes and ranges.
 *
 * <pre>{@code
 * <mailet match="org.mailflow.matchers.SenderIsInPartnerIpRange=192.0.2.0/24,2001:db8::/32" class="ToProcessor">
 *   <onMatchException>propagate</onMatchException>
 *   <processor>partner</processor>
 * </mailet>
 * }</pre>
 *
 * The address is the one in the stamp that Mailflow's SMTP handlers put on a mail, else the one that James noted. An
 * address tells which host sent a mail and never who is in its MAIL FROM.
 */
public class SenderIsInPartnerIpRange extends GenericMatcher {

    private final Facts facts;
    private final List<String> connectors = new ArrayList<>();
    private IpSet addresses = IpSet.of(List.of());
    private boolean anyPartner;

    /** Asks this configuration. */
    @Inject
    public SenderIsInPartnerIpRange(Provider<LiveMailflow> live) {
        this.facts = new Facts(live);
    }

    /** Refuses bad addresses, and names that are not exactly one connector's. */
    @Override
    public void init() throws MessagingException {
        Condition condition = new Condition(getMatcherConfig());
        boolean byName = condition.text().filter(Conditions::namesConnector).isPresent();
        condition.refuseFlaws(
                OwnMatchers.SENDER_IS_IN_PARTNER_IP_RANGE, byName ? Optional.of(facts.current()) : Optional.empty());
        anyPartner = condition.text().isEmpty();
        List<IpPrefix> prefixes = new ArrayList<>();
        for (String item : condition.text().map(text -> text.split(",", -1)).orElse(new String[0])) {
            if (Conditions.looksLikeAddress(item.strip())) {
                prefixes.addAll(IpPrefix.parseAll(item.strip()));
            } else {
                connectors.add(item.strip());
            }
        }
        addresses = IpSet.of(prefixes);
    }

    @Override
    public Collection<MailAddress> match(Mail mail) throws MessagingException {
        return Contained.ask(getMailetContext(), getMatcherInfo(), () -> matching(mail));
    }

    private Collection<MailAddress> matching(Mail mail) throws MessagingException {
        IpAddress client = client(mail);
        if (anyPartner) {
            return Facts.allIf(
                    mail,
                    PartnerIpRange.covers(
                            facts.snapshot(mail), Facts.sender(mail).map(EmailAddress::domain), client));
        }
        return Facts.allIf(mail, addresses.contains(client) || inConnectors(mail, client));
    }

    private boolean inConnectors(Mail mail, IpAddress client) throws MessagingException {
        if (connectors.isEmpty()) {
            return false;
        }
        Mailflow mailflow = facts.snapshot(mail);
        boolean covered = false;
        for (String connector : connectors) {
            covered |= PartnerIpRange.covers(mailflow, connector, client)
                    .orElseThrow(() -> new MessagingException(
                            "matcher SenderIsInPartnerIpRange: '" + connector + "' is no inbound connector any more"));
        }
        return covered;
    }

    private static IpAddress client(Mail mail) throws MessagingException {
        Optional<IpAddress> stamped = Snapshots.stamp(mail).map(Stamp::clientIp);
        if (stamped.isPresent()) {
            return stamped.get();
        }
        try {
            return IpAddress.parse(mail.getRemoteAddr());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new MessagingException("the address that mail " + mail.getName() + " came from cannot be told: '"
                    + mail.getRemoteAddr() + "'");
        }
    }

    @Override
    public String getMatcherInfo() {
        return "SenderIsInPartnerIpRange";
    }
}
