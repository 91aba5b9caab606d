package org.mailflow.core.decision;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Attribution.Originating;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.ip.PrivateNetworks;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.SkipListing;

/**
 * Finds where a mail came from that servers in front of this one handed on (cmdlet parameters EFSkipLastIP, EFSkipIPs,
 * EFUsers). A Received header counts only if the server that wrote it is looked past: the topmost was written by the server
 * that connects, which the connector proves, and each further one by the server that the header above it names. What cannot be
 * read ends the search, and then the connecting address is the source.
 */
public final class EnhancedFiltering {

    /** What a chain of Received headers yields. */
    private record Walk(Optional<IpAddress> source, String why) {}

    private EnhancedFiltering() {}

    /** Whether a connector with enhanced filtering identifies the peer for any of the recipients. */
    static boolean isConfigured(
            Peer peer, Optional<EmailAddress> sender, Attribution attribution, List<Resolution> recipients) {
        return recipients.stream().anyMatch(recipient -> connector(peer, sender, attribution, recipient)
                .isPresent());
    }

    /**
     * Finds the source of a mail. It counts where it is the same for all recipients, and enhanced filtering is meant for all of
     * them.
     *
     * @param sender empty for the null sender
     * @param attribution whose mail it is
     * @param recipients the accepted recipients
     * @param received the values of the Received headers as received, from the top; our own is not among them
     */
    public static MailSource recover(
            Peer peer,
            Optional<EmailAddress> sender,
            Attribution attribution,
            List<Resolution> recipients,
            List<String> received) {
        IpAddress connecting = peer.clientIp();
        Optional<InboundConnector> first = recipients.stream()
                .flatMap(recipient -> connector(peer, sender, attribution, recipient).stream())
                .findFirst();
        if (first.isEmpty()) {
            return MailSource.connecting(
                    connecting, "no inbound connector with enhanced filtering identifies the peer");
        }
        InboundConnector connector = first.get();
        Walk walk = walk(connector.skipListing(), connecting, received);
        Set<Optional<IpAddress>> sources = new HashSet<>();
        boolean forAll = true;
        for (Resolution recipient : recipients) {
            Optional<InboundConnector> its = connector(peer, sender, attribution, recipient);
            sources.add(its.flatMap(skipping ->
                    walk(skipping.skipListing(), connecting, received).source()));
            forAll &= its.filter(skipping ->
                            skipping.skipListing().isFor(recipient.recipient(), recipient.deliveryAddress()))
                    .isPresent();
        }
        boolean counts = forAll && sources.size() == 1;
        String text = "inbound connector '" + connector.name() + "': " + walk.why()
                + (walk.source().isEmpty() || counts ? "" : "; not all recipients are meant, so it does not count");
        return new MailSource(
                connecting,
                walk.source(),
                counts ? walk.source() : Optional.empty(),
                counts && walk.source().isEmpty() && isLookedPast(connector.skipListing(), connecting),
                Reason.of(text, connector.location()));
    }

    /** Of several, one that a certificate proves goes before one that an address does. */
    private static Optional<InboundConnector> connector(
            Peer peer, Optional<EmailAddress> sender, Attribution attribution, Resolution recipient) {
        Optional<Organization> organization = attribution instanceof Originating originating
                ? Optional.of(originating.organization())
                : recipient.organization();
        List<InboundConnector> candidates = organization.stream()
                .flatMap(whose -> whose.inboundConnectors().stream())
                .filter(connector -> connector.enabled()
                        && connector.skipListing().isOn()
                        && connector.isAboutSenderDomain(sender.map(EmailAddress::domain))
                        && isAbout(connector, attribution, recipient)
                        && ConnectorProof.of(connector, peer).isPresent())
                .toList();
        return candidates.stream()
                .filter(connector -> !connector.senderCertificate().isEmpty())
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    /** The connector that the mail is attributed by is about it, whatever domain the recipient is in. */
    private static boolean isAbout(InboundConnector connector, Attribution attribution, Resolution recipient) {
        boolean attributes = attribution instanceof Originating originating
                && originating.connector().filter(connector::equals).isPresent();
        return attributes
                || recipient
                        .accepted()
                        .map(accepted -> connector.isAboutAcceptedDomain(
                                accepted.acceptedDomain().name()))
                        .orElse(true);
    }

    private static Walk walk(SkipListing skipListing, IpAddress connecting, List<String> received) {
        IpAddress hop = connecting;
        if (!skipListing.skipLastIP() && !isLookedPast(skipListing, connecting)) {
            return new Walk(Optional.empty(), connecting + " is not looked past");
        }
        for (String header : received) {
            Optional<IpAddress> next = ReceivedFrom.address(header);
            if (next.isEmpty()) {
                return new Walk(Optional.empty(), "the Received header of " + hop + " cannot be read");
            }
            if (!isLookedPast(skipListing, next.get())) {
                return new Walk(next, connecting + " is looked past, and the mail came from " + next.get());
            }
            hop = next.get();
        }
        return new Walk(Optional.empty(), "no Received header names a server behind " + hop);
    }

    private static boolean isLookedPast(SkipListing skipListing, IpAddress address) {
        return PrivateNetworks.contain(address) || skipListing.skipIPs().contains(address);
    }
}
