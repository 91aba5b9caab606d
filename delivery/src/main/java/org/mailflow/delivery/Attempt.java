package org.mailflow.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.operation.DeliveryMeter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to hand a mail over: host after host, until every recipient's outcome is known or no host is left. The
 * next host is asked where one cannot be connected, does not do TLS as it is demanded, or answers 4yz; never after 5yz
 * to the mail, nor where it is in doubt whether the host has the mail.
 */
final class Attempt {

    private static final Logger LOGGER = LoggerFactory.getLogger(Attempt.class);

    /**
     * What became of a recipient.
     *
     * @param outcome what
     * @param peer which host said so; empty where none was reached
     */
    record Result(Outcome outcome, Optional<PeerFacts> peer) {}

    private final ConnectorPolicy policy;
    private final DeliverySettings settings;
    private final NextHops nextHops;
    private final ScheduledExecutorService timer;
    private final KeptSessions sessions;
    private final DeliveryMeter meter;

    Attempt(
            ConnectorPolicy policy,
            DeliverySettings settings,
            Names names,
            ScheduledExecutorService timer,
            KeptSessions sessions,
            DeliveryMeter meter) {
        this.policy = policy;
        this.settings = settings;
        this.nextHops = new NextHops(names);
        this.timer = timer;
        this.sessions = sessions;
        this.meter = meter;
    }

    /**
     * Tries; every recipient of the mail has a result. Who has the mail is noted on it at once.
     *
     * @throws MessagingException where the mail cannot be read
     */
    Map<MailAddress, Result> run(Mail mail) throws MessagingException {
        Map<MailAddress, Result> results = new LinkedHashMap<>();
        Optional<OutboundTls> tls = policy.tls();
        if (tls.isEmpty()) {
            Outcome outcome = new Outcome.Deferred(
                    "454 4.7.5 The certificate specified in TlsCertificateName of the connector could not be found",
                    false);
            mail.getRecipients().forEach(recipient -> results.put(recipient, new Result(outcome, Optional.empty())));
            return results;
        }
        for (Map.Entry<String, List<MailAddress>> group : groups(mail).entrySet()) {
            String domain = group.getKey();
            OutboundTls demands = policy.isByDomain() ? tls.get().forDomain(domain) : tls.get();
            ClientSettings client = new ClientSettings(
                    policy.heloName(), demands, policy.client(), settings.timeouts(), timer);
            NextHops.Found found = policy.isByDomain()
                    ? nextHops.ofDomain(domain, policy.port())
                    : nextHops.ofSmartHosts(policy.smartHosts(), policy.port());
            results.putAll(overHops(mail, group.getValue(), found, client));
        }
        return results;
    }

    private Map<String, List<MailAddress>> groups(Mail mail) {
        Map<String, List<MailAddress>> groups = new LinkedHashMap<>();
        mail.getRecipients().forEach(recipient -> groups.computeIfAbsent(
                        policy.isByDomain() ? recipient.getDomain().asString() : "", key -> new ArrayList<>())
                .add(recipient));
        return groups;
    }

    private Map<MailAddress, Result> overHops(
            Mail mail, List<MailAddress> recipients, NextHops.Found found, ClientSettings client)
            throws MessagingException {
        Map<MailAddress, Result> results = new LinkedHashMap<>();
        Outcome none = found.trouble().orElseGet(() -> new Outcome.Deferred("451 4.4.4 there is no next host", true));
        recipients.forEach(recipient -> results.put(recipient, new Result(none, Optional.empty())));
        for (Hop hop : found.hops()
                .subList(0, Math.min(settings.hopsPerAttempt(), found.hops().size()))) {
            List<MailAddress> open = recipients.stream()
                    .filter(recipient -> mayGoElsewhere(results.get(recipient)))
                    .toList();
            if (open.isEmpty()) {
                break;
            }
            results.putAll(atHop(mail, open, hop, client));
        }
        return results;
    }

    private static boolean mayGoElsewhere(@Nullable Result result) {
        return result != null && result.outcome() instanceof Outcome.Deferred deferred && deferred.elsewhere();
    }

    private Map<MailAddress, Result> atHop(
            Mail mail, Collection<MailAddress> recipients, Hop hop, ClientSettings client) throws MessagingException {
        try {
            return inSession(mail, recipients, hop, client);
        } catch (HostTrouble e) {
            meter.connectionFailed(policy.organization(), policy.connector(), e.isAboutTls());
            Outcome outcome = new Outcome.Deferred(e.text(), true);
            Optional<PeerFacts> peer = Optional.of(e.facts().orElseGet(() -> PeerFacts.inClearText(hop)));
            Map<MailAddress, Result> results = new LinkedHashMap<>();
            recipients.forEach(recipient -> results.put(recipient, new Result(outcome, peer)));
            return results;
        }
    }

    private Map<MailAddress, Result> inSession(
            Mail mail, Collection<MailAddress> recipients, Hop hop, ClientSettings client)
            throws HostTrouble, MessagingException {
        while (true) {
            SmtpSession session = sessions.take(hop, client);
            if (session.isNew()) {
                meter.connected(policy.organization(), policy.connector());
            }
            boolean said = false;
            try {
                Optional<PeerFacts> peer = Optional.of(session.facts());
                Map<MailAddress, Result> results = new LinkedHashMap<>();
                SmtpTransaction.run(session, mail, recipients, policy)
                        .forEach((recipient, outcome) -> results.put(recipient, new Result(outcome, peer)));
                said = true;
                return results;
            } catch (StaleSession e) {
                LOGGER.debug("{} is asked in a new session: {}", hop, e.getMessage());
            } finally {
                if (said) {
                    sessions.giveBack(hop, client, session);
                } else {
                    sessions.giveUp(hop, client, session);
                }
            }
        }
    }
}
