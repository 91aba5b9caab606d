package org.mailflow.core.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Attribution.Evidence;
import org.mailflow.core.decision.Attribution.Originating;
import org.mailflow.core.decision.RecipientDecision.Refused;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.tls.PeerIdentity;

/**
 * One SMTP transaction, from MAIL FROM to the end of DATA, decided on one snapshot. The first accepted recipient fixes
 * whose mail it is; a recipient for whom it would be somebody else's mail needs a transaction of its own. Nothing of it
 * outlives the transaction. Used by one thread at a time.
 */
public final class Transaction {

    private final Mailflow mailflow;
    private final Peer peer;
    private final Optional<EmailAddress> sender;
    private final List<Resolution> recipients = new ArrayList<>();
    private Optional<Attribution> attribution = Optional.empty();
    private PeerIdentity identity;
    private MailSource source;

    /**
     * Begins a transaction.
     *
     * @param sender empty for the null sender
     */
    public Transaction(Mailflow mailflow, Peer peer, Optional<EmailAddress> sender) {
        this.mailflow = mailflow;
        this.peer = peer;
        this.sender = sender;
        this.identity = peer.identity();
        this.source = MailSource.connecting(peer.clientIp(), "the header is not read yet");
    }

    /** The snapshot that decides. */
    public Mailflow mailflow() {
        return mailflow;
    }

    /** The other end. */
    public Peer peer() {
        return peer;
    }

    /** MAIL FROM; empty for the null sender. */
    public Optional<EmailAddress> sender() {
        return sender;
    }

    /** Decides a recipient. */
    public RecipientDecision decide(EmailAddress recipient, Instant now) {
        RecipientDecision decision = FrontDoor.decide(mailflow, peer, sender, recipient, now);
        if (!decision.isAccepted()) {
            return decision;
        }
        if (attribution.isEmpty()) {
            attribution = Optional.of(decision.attribution());
            identity = decision.identity();
            recipients.add(decision.resolution());
            return decision;
        }
        Optional<String> first = whoseMail(attribution.get());
        Optional<String> here = whoseMail(decision.attribution());
        if (first.equals(here)) {
            // Of a mail is told what all of its recipients' connectors had proven.
            identity = identity.equals(decision.identity()) ? identity : peer.identity();
            recipients.add(decision.resolution());
            return decision;
        }
        return decision.refusedInstead(new Refused(
                Reply.SEPARATE_TRANSACTION,
                Reason.of("the mail is "
                        + first.map(name -> "originating, " + name).orElse("incoming")
                        + " for its first recipient, but not for " + recipient)));
    }

    /** By the connector, too: what one of them grants to the mail of a recipient is not another's to give. */
    private static Optional<String> whoseMail(Attribution attribution) {
        return attribution instanceof Originating originating
                ? Optional.of(originating.organization().name()
                        + originating
                                .connector()
                                .map(connector -> " by connector '" + connector.name() + "'")
                                .orElse(""))
                : Optional.empty();
    }

    /** The other end's certificate, as far as it is proven to the connectors that applied. */
    public PeerIdentity identity() {
        return identity;
    }

    /** The accepted recipients, in order. */
    public List<Resolution> recipients() {
        return List.copyOf(recipients);
    }

    /** Whether the source of the mail may be another than the connecting address. */
    public boolean isSourceInHeader() {
        return EnhancedFiltering.isConfigured(peer, sender, whose(), recipients);
    }

    /**
     * Reads where the mail came from. Until then it came from the connecting address.
     *
     * @param received the values of its Received headers as received, from the top
     */
    public MailSource readSource(List<String> received) {
        source = EnhancedFiltering.recover(peer, sender, whose(), recipients, received);
        return source;
    }

    /** Where the mail came from. */
    public MailSource source() {
        return source;
    }

    /** At the end of DATA: the refusal of a mail whose recovered source is on the block list. */
    public Optional<Refused> refusalOfSource(Instant now) {
        return source.recovered().flatMap(address -> {
            ConnectionFilter.Result filtered = ConnectionFilter.judge(mailflow, address, now);
            return filtered.verdict() == ConnectionFilter.Verdict.BLOCKED
                    ? Optional.of(new Refused(Reply.blocked(address.toString()), filtered.reason()))
                    : Optional.empty();
        });
    }

    /**
     * At the end of DATA: the refusal of a mail that does not say whom it is from.
     *
     * @param from the values of its From fields as received
     */
    public Optional<Refused> refusalOfAuthor(List<String> from) {
        return AuthorField.judge(whose(), recipients, from);
    }

    private Attribution whose() {
        return attribution.orElseThrow(() -> new IllegalStateException("no recipient of this mail was accepted"));
    }

    /**
     * What the spool is told.
     *
     * @throws IllegalStateException where no recipient was accepted
     */
    public Stamp stamp(Instant now) {
        Attribution whose = whose();
        Optional<InboundConnector> connector =
                whose instanceof Originating originating ? originating.connector() : Optional.empty();
        // That a server which is looked past is on the list says nothing of the mail that it hands on.
        boolean allowListed = !source.hidden()
                && ConnectionFilter.judge(mailflow, source.address(), now).verdict()
                        == ConnectionFilter.Verdict.ALLOWED;
        return new Stamp(
                mailflow.generation(),
                peer.clientIp(),
                peer.tls(),
                identity,
                whose.originator().map(Organization::name),
                connector.map(InboundConnector::name),
                whose.originator().isPresent() ? Directionality.ORIGINATING : Directionality.INCOMING,
                whose instanceof Originating originating && isInternal(originating),
                allowListed,
                source.recovered());
    }

    /**
     * Mail inside of the organization: of an authenticated user, or of a connector that is told to treat it so, in one
     * of our own domains (decision D12). That the other premises brought it proves nothing: it may forward mail from
     * the internet.
     */
    private boolean isInternal(Originating originating) {
        boolean treatedAsInternal = originating
                .connector()
                .filter(InboundConnector::treatMessagesAsInternal)
                .isPresent();
        return originating.evidence() == Evidence.AUTHENTICATION
                || (treatedAsInternal && isOwnSender(originating.organization()));
    }

    private boolean isOwnSender(Organization organization) {
        return sender.map(EmailAddress::domain)
                .filter(domain -> mailflow.owns(organization, domain))
                .isPresent();
    }
}
