package org.mailflow.mailets;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.mail.Header;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.mailflow.core.container.settings.OwnMailets;
import org.mailflow.core.decision.HeaderFirewall;
import org.mailflow.james.Contained;

/**
 * Removes from a mail's header what only the servers of the organization tell each other: the fields of the header firewall,
 * {@code X-MS-Exchange-Organization-*} and their like. Exchange has it as the header firewall of a send connector
 * (Ms-Exch-Send-Headers-Organization is not granted).
 *
 * <p>The delivery does so by itself for every next hop that is not trusted, and demotes for the other premises. This mailet is
 * for mail that leaves in another way: as the original in a bounce, through a mailet that sends by itself, to a program.
 *
 * <pre>{@code
 * <mailet match="All" class="org.mailflow.mailets.ApplyHeaderFirewall">
 *   <onMailetException>propagate</onMailetException>
 * </mailet>
 * }</pre>
 *
 * <p>It takes no parameters.
 */
public class ApplyHeaderFirewall extends GenericMailet {

    /** Refuses any parameter. */
    @Override
    public void init() throws MessagingException {
        new Parameters(getMailetConfig(), OwnMailets.APPLY_HEADER_FIREWALL).refuseProblems();
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        Contained.run(getMailetContext(), getMailetInfo(), () -> handle(mail));
    }

    private static void handle(Mail mail) throws MessagingException {
        MimeMessage message = mail.getMessage();
        Set<String> secrets = new LinkedHashSet<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            if (HeaderFirewall.isSecret(header.getName())) {
                secrets.add(header.getName());
            }
        }
        for (String secret : secrets) {
            message.removeHeader(secret);
        }
    }

    @Override
    public String getMailetInfo() {
        return "ApplyHeaderFirewall";
    }
}
