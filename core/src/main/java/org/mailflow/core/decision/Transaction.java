package org.mailflow.core.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Attribution.Evidence;
import org.mailflow.core.decision.Attribution.Originating;
import org.mailflow.core.decision.RecipientDecision.Refused;
import org.mailflow.core.mime.RawField;
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
    private Optional<CrossPremisesTrust> trust = Optional.empty();
    private Optional<CrossPremisesHeaders.Promoted> promoted = Optional.empty();

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

    /**
     * Decides a recipient of a mail whose size the client said: where every connector that would take the mail on is for smaller
     * ones, nobody need send it first.
     *
     * @param size in bytes; 0 where nobody said it
     */
    public RecipientDecision decide(EmailAddress recipient, Instant now, long size) {
        Optional<Attribution> attributionBefore = attribution;
        PeerIdentity identityBefore = identity;
        RecipientDecision decision = decide(recipient, now);
        if (!decision.isAccepted()) {
            return decision;
        }
        Optional<Refused> tooLarge = refusalOfSize(recipient, now, size);
        if (tooLarge.isEmpty()) {
            return decision;
        }
        attribution = attributionBefore;
        identity = identityBefore;
        recipients.remove(recipients.size() - 1);
        return decision.refusedInstead(tooLarge.get());
    }

    private Optional<Refused> refusalOfSize(EmailAddress recipient, Instant now, long size) {
        boolean limited = mailflow.organizations().stream()
                .anyMatch(organization -> organization.outboundConnectors().limit(size));
        if (!limited) {
            return Optional.empty();
        }
        List<RoutePlan.Group> ways = Router.plan(
                        mailflow,
                        sender,
                        Optional.of(stamp(now)),
                        List.of(recipient),
                        Contacts.NONE,
                        LoopMarks.none(mailflow, LoopHeader.EMPTY),
                        size)
                .groups();
        return ways.stream().allMatch(way -> way.route() instanceof Route.TooLarge)
                ? Optional.of(new Refused(
                        Reply.TOO_LARGE_FOR_ROUTE,
                        ways.get(0).recipients().get(0).reason()))
                : Optional.empty();
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

    /** Whether the other premises of a hybrid deployment may have brought the mail: then its header tells the rest. */
    public boolean mayBeCrossPremises() {
        return forOthers().isEmpty() && CrossPremisesTrust.mayBe(whose());
    }

    /** Of an organization's mail: a recipient of another one on this server. To that one it is anybody's. */
    private Optional<Resolution> forOthers() {
        return whose().originator().flatMap(originator -> recipients.stream()
                .filter(recipient -> recipient
                        .organization()
                        .filter(receiver -> !receiver.name().equals(originator.name()))
                        .isPresent())
                .findFirst());
    }

    /**
     * Takes what the other premises says of the mail for this one's own. Until then the mail is anybody's.
     *
     * @param header the fields of its header as received
     * @return the fields as they stand from now on; empty where the peer is not trusted, and its word counts for nothing
     */
    public Optional<List<RawField>> promote(List<RawField> header) {
        List<String> originatorOrgs = header.stream()
                .filter(field -> HeaderFirewall.ORIGINATOR_ORG.equalsIgnoreCase(field.name()))
                .map(RawField::value)
                .toList();
        CrossPremisesTrust judged = CrossPremisesTrust.judge(mailflow, whose(), peer, originatorOrgs);
        trust = Optional.of(judged);
        if (!judged.isTrusted()) {
            return Optional.empty();
        }
        promoted = Optional.of(CrossPremisesHeaders.read(header));
        List<RawField> fields = new ArrayList<>();
        peer.originatorOrg()
                .filter(domain -> originatorOrgs.isEmpty())
                .ifPresent(domain -> fields.add(RawField.of(HeaderFirewall.ORIGINATOR_ORG, domain.value())));
        fields.addAll(CrossPremisesHeaders.promote(header));
        return Optional.of(fields);
    }

    /** Why the other premises is believed, or is not; empty where nobody said to be it, or the header is not read yet. */
    public Optional<Reason> crossPremises() {
        return trust.map(CrossPremisesTrust::reason);
    }

    /**
     * What this server says of the mail in its header, in order.
     *
     * @param networkMessageId the name that all copies of the mail are to have
     */
    public List<RawField> ownFields(Instant now, String networkMessageId) {
        Stamp stamp = stamp(now);
        List<RawField> fields = new ArrayList<>(
                CrossPremisesHeaders.own(stamp, mailflow.server().fqdn(), promoted, networkMessageId));
        fields.addAll(AntispamReport.of(stamp, recipients).fields(source));
        return fields;
    }

    /**
     * At the end of DATA: the refusal of a mail of which a program may still read what only this server may say of it.
     *
     * @param header the fields of its header as that program reads them
     */
    public Optional<Refused> refusalOfHeader(List<RawField> header, Instant now) {
        Stamp stamp = stamp(now);
        return CrossPremisesHeaders.isSaidOnce(header, stamp)
                        && (stamp.crossPremises() || HeaderFirewall.isClean(header, ownFields(now, "")))
                ? Optional.empty()
                : Optional.of(new Refused(
                        Reply.AMBIGUOUS_HEADER,
                        Reason.of("the header says something of the mail that only this server may say")));
    }

    /** Whether a verdict that is signed with this name claims to be ours. */
    public boolean isOurName(String name) {
        return HeaderFirewall.isOurName(
                mailflow.server().fqdn(), domain -> mailflow.accepted(domain).isPresent(), name);
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

    /**
     * At the end of DATA: the refusal of a mail of another organization that would have a right of ours.
     *
     * @param originatorOrgs the values of its X-OriginatorOrg fields as received
     */
    public Optional<Refused> refusalOfOriginator(List<String> originatorOrgs) {
        return ForeignOriginator.judge(mailflow, whose(), sender, recipients, originatorOrgs);
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
        Stamp stamp = new Stamp(
                mailflow.generation(),
                peer.clientIp(),
                peer.tls(),
                identity,
                whose.originator().map(Organization::name),
                connector.map(InboundConnector::name),
                whose.originator().isPresent() ? Directionality.ORIGINATING : Directionality.INCOMING,
                internality().isInternal(),
                allowListed,
                source.recovered());
        if (forOthers().isPresent()) {
            return stamp.inDoubt();
        }
        if (connector.filter(InboundConnector::cloudServicesMailEnabled).isEmpty()) {
            return stamp;
        }
        return promoted.map(stamp::broughtBy).orElseGet(stamp::inDoubt);
    }

    /**
     * Whether it is mail inside of the organization (decision D12): of an authenticated user, of a connector that is told to
     * treat it so and in one of our own domains, or of the other premises that say so. That they brought it proves nothing:
     * they may forward mail from the internet. With a recipient of another organization on this server it is external for all.
     */
    public Internality internality() {
        if (!(whose() instanceof Originating originating)) {
            return Internality.external(Reason.of("nobody whom this server knows brought it"));
        }
        Optional<Resolution> other = forOthers();
        if (other.isPresent()) {
            return Internality.external(Reason.of(
                    "mail of " + originating.organization().name() + " is anybody's to the organization of "
                            + other.get().recipient(),
                    originating.organization().location()));
        }
        if (originating.evidence() == Evidence.AUTHENTICATION) {
            return Internality.internal(originating.reason());
        }
        InboundConnector connector = originating.connector().orElseThrow();
        if (connector.cloudServicesMailEnabled()) {
            return acrossPremises(connector);
        }
        if (connector.treatMessagesAsInternal() && isOwnSender(originating.organization())) {
            return Internality.internal(Reason.of(
                    "inbound connector '" + connector.name()
                            + "' has treatMessagesAsInternal, and the sender is in one of our domains",
                    connector.location()));
        }
        return Internality.external(
                Reason.of("a server of ours brought it, which does not tell who wrote it", connector.location()));
    }

    private Internality acrossPremises(InboundConnector connector) {
        if (promoted.isPresent()) {
            boolean inside = promoted.get().authAs() == AuthAs.INTERNAL;
            String text = "the other premises says that its sender was authenticated as "
                    + promoted.get().authAs().word();
            return new Internality(inside, Reason.of(text, connector.location()));
        }
        return Internality.external(trust.map(CrossPremisesTrust::reason)
                .orElseGet(() -> Reason.of(
                        mayBeCrossPremises()
                                ? "external, unless the other premises says in its header that it is internal "
                                        + "(X-MS-Exchange-CrossPremises-AuthAs)"
                                : "no certificate proves that the other premises brought it",
                        connector.location())));
    }

    private boolean isOwnSender(Organization organization) {
        return sender.map(EmailAddress::domain)
                .filter(domain -> mailflow.owns(organization, domain))
                .isPresent();
    }
}
