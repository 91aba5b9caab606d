package org.mailflow.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.TlsSession;
import org.mailflow.james.MailFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what became of mails: one event for all recipients that fared alike. What is told has happened: nothing that goes
 * wrong in the telling may touch the mail.
 */
final class OutcomeEvents {

    private static final Logger LOGGER = LoggerFactory.getLogger(OutcomeEvents.class);
    private static final int LONGEST = 1_000;

    private record Fate(String text, Optional<PeerFacts> peer) {}

    private final MailEvents events;

    OutcomeEvents(MailEvents events) {
        this.events = events;
    }

    void delivered(ConnectorPolicy policy, Mail mail, Map<MailAddress, Attempt.Result> results) {
        List<MailAddress> recipients = new ArrayList<>();
        results.forEach((recipient, result) -> {
            if (result.outcome() instanceof Outcome.Delivered) {
                recipients.add(recipient);
            }
        });
        tell(mail, () -> fates(recipients, results)
                .forEach((fate, alike) -> events.record(about(MailEvent.Type.DELIVERED, policy, mail, alike, fate)
                        .build())));
    }

    void deferred(
            ConnectorPolicy policy,
            Mail mail,
            Collection<MailAddress> recipients,
            Duration wait,
            boolean senderWasTold,
            Map<MailAddress, Attempt.Result> results) {
        String then = "tried again in " + wait.toSeconds() + " s"
                + (senderWasTold ? "; its sender was told that it is late" : "");
        tell(mail, () -> fates(recipients, results)
                .forEach((fate, alike) -> events.record(about(MailEvent.Type.DEFERRED, policy, mail, alike, fate)
                        .reason(then)
                        .build())));
    }

    void failed(
            ConnectorPolicy policy,
            Mail mail,
            Collection<MailAddress> recipients,
            UnaryOperator<String> reason,
            Map<MailAddress, Attempt.Result> results) {
        tell(mail, () -> fates(recipients, results)
                .forEach((fate, alike) -> events.record(about(MailEvent.Type.FAILED, policy, mail, alike, fate)
                        .reason(reason.apply(fate.text()))
                        .build())));
    }

    void withoutConnector(MailEvent.Type type, Mailflow mailflow, Mail mail, String reason) {
        tell(
                mail,
                () -> events.record(
                        MailFacts.event(type, mailflow, mail).reason(reason).build()));
    }

    private static void tell(Mail mail, Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error e) {
            LOGGER.error("Nothing can be told of mail {}", mail.getName(), e);
        }
    }

    /** What was said of a recipient. */
    static String text(Map<MailAddress, Attempt.Result> results, MailAddress recipient) {
        Attempt.Result result = results.get(recipient);
        return result == null ? "" : result.outcome().text();
    }

    /** What was said of some recipients, each word once and no more than an operator reads. */
    static String summary(Map<MailAddress, Attempt.Result> results, Collection<MailAddress> recipients) {
        String said = recipients.stream()
                .map(recipient -> text(results, recipient))
                .distinct()
                .collect(Collectors.joining("; "));
        return said.length() > LONGEST ? said.substring(0, LONGEST) : said;
    }

    private static Map<Fate, List<MailAddress>> fates(
            Collection<MailAddress> recipients, Map<MailAddress, Attempt.Result> results) {
        Map<Fate, List<MailAddress>> fates = new LinkedHashMap<>();
        for (MailAddress recipient : recipients) {
            Attempt.Result result = results.get(recipient);
            if (result != null) {
                fates.computeIfAbsent(new Fate(result.outcome().text(), result.peer()), key -> new ArrayList<>())
                        .add(recipient);
            }
        }
        return fates;
    }

    private static MailEvent.Builder about(
            MailEvent.Type type, ConnectorPolicy policy, Mail mail, List<MailAddress> recipients, Fate fate) {
        MailEvent.Builder event = MailFacts.event(type, policy.mailflow(), mail, recipients)
                .organization(policy.organization())
                .connector(policy.connector())
                .reply(fate.text());
        fate.peer().ifPresent(peer -> event.peer(peer.hop().toString())
                .tls(peer.tls().map(TlsSession::version), peer.tls().map(TlsSession::cipher))
                .peerIdentity(peer.identity().toString()));
        return event;
    }
}
