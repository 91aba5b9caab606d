package org.mailflow.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.decision.SmartHostOrder;
import org.mailflow.core.model.SmartHost;
import org.mailflow.core.model.SmartHostSelection;
import org.mailflow.core.operation.DeliveryMeter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to hand a mail over: host after host, until every recipient's outcome is known or no host is left. Hosts
 * that are left alone for their troubles are not asked, nor those that have as many sessions as they may have. The next host is asked where one cannot be connected, does not do TLS as it is demanded, or answers 4yz; never after 5yz
 * to the mail, nor where it is in doubt whether the host has the mail.
 */
final class Attempt {

    private static final Logger LOGGER = LoggerFactory.getLogger(Attempt.class);
    /** So long a mail waits, in hand, for a host to take it. */
    private static final Duration ROOM = Duration.ofMinutes(1);
    /** So often it looks. */
    private static final Duration MOMENT = Duration.ofMillis(500);

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
    private final Hosts hosts;
    private final DeliveryMeter meter;
    private final Set<MailAddress> asked = new HashSet<>();

    Attempt(
            ConnectorPolicy policy,
            DeliverySettings settings,
            Names names,
            ScheduledExecutorService timer,
            KeptSessions sessions,
            Hosts hosts,
            DeliveryMeter meter) {
        this.policy = policy;
        this.settings = settings;
        this.nextHops = new NextHops(names);
        this.timer = timer;
        this.sessions = sessions;
        this.hosts = hosts;
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
            ClientSettings client =
                    new ClientSettings(policy.heloName(), demands, policy.client(), settings.timeouts(), timer);
            NextHops.Found found = policy.isByDomain()
                    ? nextHops.ofDomain(domain, policy.port())
                    : nextHops.ofSmartHosts(smartHosts(), policy.port());
            results.putAll(overHops(mail, group.getValue(), found, client));
        }
        return results;
    }

    private List<SmartHost> smartHosts() {
        return SmartHostOrder.of(
                policy.smartHosts(),
                policy.smartHostSelection(),
                policy.smartHostSelection() == SmartHostSelection.ROUND_ROBIN ? hosts.nextTurn(policy.label()) : 0,
                ThreadLocalRandom.current());
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
        List<Hop> hops = found.hops().stream()
                .filter(hop -> client.client().connects(hop.address()))
                .toList();
        if (hops.isEmpty() && !found.hops().isEmpty()) {
            Outcome other = new Outcome.Deferred(
                    "451 4.4.4 no next host has an address of the family of sourceIPAddress", true);
            recipients.forEach(recipient -> results.put(recipient, new Result(other, Optional.empty())));
        }
        Instant end = Instant.now().plus(ROOM);
        Round round = round(mail, recipients, hops, client, results);
        while (round != Round.DONE) {
            Duration left = Duration.between(Instant.now(), end);
            // Mail to smart hosts waits for nobody but its own connector's; mail to MX hosts may keep others waiting.
            boolean waits = !policy.isByDomain() || round == Round.ROOM_IN_A_MOMENT;
            if (!waits || left.isNegative() || !hosts.awaitDeparture(left.compareTo(MOMENT) > 0 ? MOMENT : left)) {
                Outcome notTried = new Outcome.NotTried("its hosts have as many sessions as they may have");
                results.replaceAll((recipient, result) ->
                        asked.contains(recipient) ? result : new Result(notTried, Optional.empty()));
                break;
            }
            round = round(mail, recipients, hops, client, results);
        }
        return results;
    }

    private enum Round {
        DONE,
        ROOM_IN_A_MOMENT,
        NO_ROOM
    }

    /** Asks host after host; one that is left alone, or has no room, is not asked. */
    private Round round(
            Mail mail,
            List<MailAddress> recipients,
            List<Hop> hops,
            ClientSettings client,
            Map<MailAddress, Result> results)
            throws MessagingException {
        Round busyRound = Round.DONE;
        int hopsAsked = 0;
        for (Hop hop : hops) {
            List<MailAddress> open = recipients.stream()
                    .filter(recipient -> mayGoElsewhere(results.get(recipient)))
                    .toList();
            if (open.isEmpty() || hopsAsked == settings.hopsPerAttempt()) {
                break;
            }
            Hosts.Admission admission = hosts.enter(
                    new Hosts.Key(
                            policy.label(),
                            hop.address(),
                            hop.port(),
                            client.tls().demandedName()),
                    hop,
                    policy.mailflow().server().outboundLimits(),
                    policy.isByDomain() ? Optional.of(policy.budget(settings)) : Optional.empty());
            if (admission instanceof Hosts.Admission.Granted granted) {
                hopsAsked++;
                asked.addAll(open);
                try (Hosts.Visit visit = granted.visit()) {
                    results.putAll(atHop(mail, open, hop, client, visit));
                }
            } else if (admission instanceof Hosts.Admission.LeftAlone alone) {
                Outcome outcome = new Outcome.Deferred(alone.reason(), true);
                Result result = new Result(outcome, Optional.of(PeerFacts.inClearText(hop)));
                open.stream()
                        .filter(recipient -> !asked.contains(recipient))
                        .forEach(recipient -> results.put(recipient, result));
            } else if (admission instanceof Hosts.Admission.Busy busy) {
                busyRound =
                        busy.moves() || busyRound == Round.ROOM_IN_A_MOMENT ? Round.ROOM_IN_A_MOMENT : Round.NO_ROOM;
                if (isInOrder() && !busy.recovers()) {
                    break;
                }
            }
        }
        return recipients.stream().noneMatch(asked::contains) ? busyRound : Round.DONE;
    }

    /** Whether only trouble, not a crowd, lets the next host be asked. */
    private boolean isInOrder() {
        return !policy.isByDomain() && policy.smartHostSelection() == SmartHostSelection.ORDERED;
    }

    private static boolean mayGoElsewhere(@Nullable Result result) {
        return result != null && result.outcome() instanceof Outcome.Deferred deferred && deferred.elsewhere();
    }

    private Map<MailAddress, Result> atHop(
            Mail mail, Collection<MailAddress> recipients, Hop hop, ClientSettings client, Hosts.Visit visit)
            throws MessagingException {
        try {
            return inSession(mail, recipients, hop, client, visit);
        } catch (HostTrouble e) {
            visit.troubled(e.text(), e.isAboutLogon());
            meter.connectionFailed(policy.organization(), policy.connector(), e.isAboutTls());
            Outcome outcome = new Outcome.Deferred(e.text(), true);
            Optional<PeerFacts> peer = Optional.of(e.facts().orElseGet(() -> PeerFacts.inClearText(hop)));
            Map<MailAddress, Result> results = new LinkedHashMap<>();
            recipients.forEach(recipient -> results.put(recipient, new Result(outcome, peer)));
            return results;
        }
    }

    private Map<MailAddress, Result> inSession(
            Mail mail, Collection<MailAddress> recipients, Hop hop, ClientSettings client, Hosts.Visit visit)
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
                session.trouble().ifPresentOrElse(why -> visit.troubled(why, false), visit::succeeded);
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
