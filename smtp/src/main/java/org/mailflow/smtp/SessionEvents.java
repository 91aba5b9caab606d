package org.mailflow.smtp;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Attribution;
import org.mailflow.core.decision.Attribution.Originating;
import org.mailflow.core.decision.Internality;
import org.mailflow.core.decision.Peer;
import org.mailflow.core.decision.Reason;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Organization;
import org.mailflow.core.tls.TlsSession;

/** Tells what became of the mails of a session. */
final class SessionEvents {

    private final MailEvents events;

    SessionEvents(MailEvents events) {
        this.events = events;
    }

    /** A whole transaction was refused, before it had a recipient or for all of them. */
    void refused(Transaction transaction, List<String> recipients, Reply reply, Reason reason) {
        events.record(refusal(transaction, recipients, reply, reason).build());
    }

    /** One recipient was refused. */
    void refused(Transaction transaction, String recipient, Attribution attribution, Reply reply, Reason reason) {
        Optional<InboundConnector> connector =
                attribution instanceof Originating originating ? originating.connector() : Optional.empty();
        events.record(refusal(transaction, List.of(recipient), reply, reason)
                .organization(attribution.originator().map(Organization::name))
                .connector(connector.map(InboundConnector::name))
                .build());
    }

    /** A mail was accepted, and is on the spool. */
    void received(
            Transaction transaction,
            Stamp stamp,
            String mailId,
            Optional<String> messageId,
            List<String> recipients,
            String reply) {
        events.record(about(MailEvent.Type.RECEIVED, transaction, recipients)
                .mailId(mailId)
                .messageId(messageId)
                .organization(stamp.organization())
                .connector(stamp.connector())
                .reply(reply)
                .reason(scope(transaction.internality()))
                .build());
    }

    private static String scope(Internality internality) {
        return (internality.isInternal() ? "internal: " : "external: ")
                + internality.reason().text();
    }

    private static MailEvent.Builder refusal(
            Transaction transaction, List<String> recipients, Reply reply, Reason reason) {
        return about(MailEvent.Type.REFUSED, transaction, recipients)
                .reply(reply.toString())
                .reason(reason.toString());
    }

    private static MailEvent.Builder about(MailEvent.Type type, Transaction transaction, List<String> recipients) {
        Peer peer = transaction.peer();
        return MailEvent.builder(type, transaction.mailflow().server().fqdn())
                .sender(transaction.sender().map(EmailAddress::toString).orElse("<>"))
                .recipients(recipients)
                .peer(peer.clientIp().toString())
                .tls(peer.tls().map(TlsSession::version), peer.tls().map(TlsSession::cipher))
                .peerIdentity(transaction.identity().toString())
                .generation(transaction.mailflow().generation());
    }
}
