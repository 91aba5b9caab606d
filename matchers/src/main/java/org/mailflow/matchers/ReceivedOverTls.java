package org.mailflow.matchers;

import java.util.Collection;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.mailflow.core.container.settings.OwnMatchers;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.tls.TlsSession;
import org.mailflow.core.tls.TlsVersion;
import org.mailflow.james.Contained;
import org.mailflow.james.Snapshots;

/**
 * Matches mail that came over TLS. The condition, where there is one, is the lowest version that counts: {@code TLSv1.3}
 * or {@code 1.3}.
 *
 * <pre>{@code
 * <mailet match="org.mailflow.matchers.ReceivedOverTls=1.2" class="SetMimeHeader">
 *   <onMatchException>propagate</onMatchException>
 *   <name>X-Contoso-Encrypted</name>
 *   <value>yes</value>
 * </mailet>
 * }</pre>
 *
 * The session's TLS stands in the stamp that Mailflow's SMTP handlers put on a mail. Mail that came by SMTP without a
 * stamp makes the matcher throw; mail that this server made itself came over nothing and does not match.
 */
public class ReceivedOverTls extends GenericMatcher {

    private TlsVersion minimum = TlsVersion.SSL_3;

    /** Refuses what is no version. */
    @Override
    public void init() throws MessagingException {
        Condition condition = new Condition(getMatcherConfig());
        condition.refuseFlaws(OwnMatchers.RECEIVED_OVER_TLS, Optional.empty());
        minimum = condition.text().flatMap(TlsVersion::parse).orElse(TlsVersion.SSL_3);
    }

    @Override
    public Collection<MailAddress> match(Mail mail) throws MessagingException {
        return Contained.ask(getMailetContext(), getMatcherInfo(), () -> matching(mail));
    }

    private Collection<MailAddress> matching(Mail mail) throws MessagingException {
        Optional<TlsSession> session = Snapshots.session(mail).flatMap(Stamp::tls);
        if (session.isEmpty()) {
            return Facts.allIf(mail, false);
        }
        String version = session.get().version();
        TlsVersion known = TlsVersion.parse(version)
                .orElseThrow(() -> new MessagingException(
                        "mail " + mail.getName() + " came over '" + version + "', which is no known version of TLS"));
        return Facts.allIf(mail, known.compareTo(minimum) >= 0);
    }

    @Override
    public String getMatcherInfo() {
        return "ReceivedOverTls";
    }
}
