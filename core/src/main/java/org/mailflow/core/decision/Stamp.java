package org.mailflow.core.decision;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.tls.CertificatePin;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

/**
 * What the SMTP session found out about a mail: the only channel from session to spool. It travels as mail attributes,
 * one string each; a mail without it was made by this server itself.
 *
 * @param generation the snapshot that decided the transaction
 * @param clientIp the connecting address
 * @param tls the TLS session; empty in clear text
 * @param identity what the peer's certificate proves, to the connector that applied where one did
 * @param organization whose originating mail it is; empty for incoming mail
 * @param connector the inbound connector that identified the peer; empty for none
 * @param directionality originating or incoming
 * @param internal whether it counts as mail inside of the organization
 * @param allowListed whether the mail's source is on the IP allow list: it skips the spam filter, and never a malware filter
 * @param recoveredIp the mail's source that enhanced filtering found behind the connecting address; empty where the
 *     connecting address is the source
 * @param scl how likely it is spam (X-MS-Exchange-Organization-SCL), from -1 to 9; -1: no spam filter looks at it; empty where
 *     nobody has looked yet
 * @param crossPremises whether the other premises of a hybrid deployment brought it, and proved that
 */
public record Stamp(
        long generation,
        IpAddress clientIp,
        Optional<TlsSession> tls,
        PeerIdentity identity,
        Optional<String> organization,
        Optional<String> connector,
        Directionality directionality,
        boolean internal,
        boolean allowListed,
        Optional<IpAddress> recoveredIp,
        Optional<Integer> scl,
        boolean crossPremises) {

    /** What the names of all mail attributes of ours begin with. */
    public static final String PREFIX = "org.mailflow.";

    private static final String GENERATION = PREFIX + "generation";
    private static final String CLIENT_IP = PREFIX + "clientIp";
    private static final String TLS_VERSION = PREFIX + "tlsVersion";
    private static final String TLS_CIPHER = PREFIX + "tlsCipher";
    private static final String PEER = PREFIX + "peer";
    private static final String PEER_NAMES = PREFIX + "peerNames";
    private static final String PEER_REASON = PREFIX + "peerReason";
    private static final String PEER_PIN = PREFIX + "peerPin";
    private static final String ORGANIZATION = PREFIX + "organization";
    private static final String INBOUND_CONNECTOR = PREFIX + "inboundConnector";
    private static final String DIRECTIONALITY = PREFIX + "directionality";
    private static final String INTERNAL = PREFIX + "internal";
    private static final String ALLOW_LISTED = PREFIX + "allowListed";
    private static final String RECOVERED_IP = PREFIX + "recoveredIp";
    private static final String SCL = PREFIX + "scl";
    private static final String CROSS_PREMISES = PREFIX + "crossPremises";
    private static final int NO_FILTER = -1;

    /** The names of the attributes that a stamp consists of. */
    public static final List<String> ATTRIBUTES = List.of(
            GENERATION,
            CLIENT_IP,
            TLS_VERSION,
            TLS_CIPHER,
            PEER,
            PEER_NAMES,
            PEER_REASON,
            PEER_PIN,
            ORGANIZATION,
            INBOUND_CONNECTOR,
            DIRECTIONALITY,
            INTERNAL,
            ALLOW_LISTED,
            RECOVERED_IP,
            SCL,
            CROSS_PREMISES);

    /** The stamp of a mail that no other premises brought, and that nobody has filtered. */
    public Stamp(
            long generation,
            IpAddress clientIp,
            Optional<TlsSession> tls,
            PeerIdentity identity,
            Optional<String> organization,
            Optional<String> connector,
            Directionality directionality,
            boolean internal,
            boolean allowListed,
            Optional<IpAddress> recoveredIp) {
        this(
                generation,
                clientIp,
                tls,
                identity,
                organization,
                connector,
                directionality,
                internal,
                allowListed,
                recoveredIp,
                isOwn(directionality, internal, allowListed, recoveredIp) ? Optional.of(NO_FILTER) : Optional.empty(),
                false);
    }

    /**
     * Whether a spam filter leaves a mail alone that no other premises brought (decision D12). Mail that an own server only
     * handed on, as enhanced filtering found, is looked at.
     */
    private static boolean isOwn(
            Directionality directionality, boolean internal, boolean allowListed, Optional<IpAddress> recoveredIp) {
        return allowListed || internal || (directionality == Directionality.ORIGINATING && recoveredIp.isEmpty());
    }

    /**
     * The same mail, brought by the other premises. What it says of the sender counts; that it is the organization's own server
     * says nothing: it hands mail of the internet on, too.
     */
    public Stamp broughtBy(CrossPremisesHeaders.Promoted otherPremises) {
        boolean inside = otherPremises.authAs() == AuthAs.INTERNAL;
        return with(inside, inside || allowListed ? Optional.of(NO_FILTER) : otherPremises.scl(), true);
    }

    /** The same mail by a connector of the other premises that did not prove to be them: it is anybody's. */
    Stamp inDoubt() {
        return with(false, allowListed ? Optional.of(NO_FILTER) : Optional.empty(), false);
    }

    private Stamp with(boolean inside, Optional<Integer> level, boolean fromOtherPremises) {
        return new Stamp(
                generation,
                clientIp,
                tls,
                identity,
                organization,
                connector,
                directionality,
                inside,
                allowListed,
                recoveredIp,
                level,
                fromOtherPremises);
    }

    /** Where the mail came from: what IP lists, and filters, are asked about. */
    public IpAddress sourceIp() {
        return recoveredIp.orElse(clientIp);
    }

    /** Whether a spam filter leaves the mail alone (decision D12). It says nothing about malware. */
    public boolean skipsSpamFilter() {
        return scl.filter(level -> level == NO_FILTER).isPresent();
    }

    /** The stamp as attributes, by name. */
    public Map<String, String> toAttributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(GENERATION, Long.toString(generation));
        attributes.put(CLIENT_IP, clientIp.toString());
        tls.ifPresent(session -> {
            attributes.put(TLS_VERSION, session.version());
            attributes.put(TLS_CIPHER, session.cipher());
        });
        if (identity instanceof PeerIdentity.Verified verified) {
            attributes.put(PEER, "verified");
            attributes.put(PEER_NAMES, String.join(" ", verified.names()));
        } else if (identity instanceof PeerIdentity.Unverified unverified) {
            attributes.put(PEER, "unverified");
            attributes.put(PEER_NAMES, String.join(" ", unverified.names()));
            attributes.put(PEER_REASON, unverified.reason());
        }
        if (identity instanceof PeerIdentity.Pinned pinned) {
            attributes.put(PEER, "pinned");
            attributes.put(PEER_NAMES, String.join(" ", pinned.names()));
            attributes.put(PEER_PIN, pinned.pin().value());
        }
        organization.ifPresent(name -> attributes.put(ORGANIZATION, name));
        connector.ifPresent(name -> attributes.put(INBOUND_CONNECTOR, name));
        attributes.put(DIRECTIONALITY, directionality.name());
        attributes.put(INTERNAL, Boolean.toString(internal));
        attributes.put(ALLOW_LISTED, Boolean.toString(allowListed));
        recoveredIp.ifPresent(address -> attributes.put(RECOVERED_IP, address.toString()));
        scl.ifPresent(level -> attributes.put(SCL, level.toString()));
        attributes.put(CROSS_PREMISES, Boolean.toString(crossPremises));
        return attributes;
    }

    /**
     * Reads a stamp back.
     *
     * @param attributes of a mail, by name; others than {@link #ATTRIBUTES} are ignored
     * @return empty where the mail has none
     * @throws IllegalArgumentException where a stamp is there, but damaged: such a mail must wait, not pass
     */
    public static Optional<Stamp> fromAttributes(Map<String, String> attributes) {
        if (ATTRIBUTES.stream().noneMatch(attributes::containsKey)) {
            return Optional.empty();
        }
        return Optional.of(new Stamp(
                Long.parseLong(required(attributes, GENERATION)),
                IpAddress.parse(required(attributes, CLIENT_IP)),
                Optional.ofNullable(attributes.get(TLS_VERSION))
                        .map(version -> new TlsSession(version, required(attributes, TLS_CIPHER))),
                identity(attributes),
                Optional.ofNullable(attributes.get(ORGANIZATION)),
                Optional.ofNullable(attributes.get(INBOUND_CONNECTOR)),
                Directionality.valueOf(required(attributes, DIRECTIONALITY)),
                Boolean.parseBoolean(required(attributes, INTERNAL)),
                Boolean.parseBoolean(required(attributes, ALLOW_LISTED)),
                Optional.ofNullable(attributes.get(RECOVERED_IP)).map(IpAddress::parse),
                Optional.ofNullable(attributes.get(SCL)).map(Integer::valueOf),
                Boolean.parseBoolean(attributes.getOrDefault(CROSS_PREMISES, "false"))));
    }

    private static PeerIdentity identity(Map<String, String> attributes) {
        String kind = attributes.getOrDefault(PEER, "none");
        return switch (kind) {
            case "verified" -> new PeerIdentity.Verified(names(attributes));
            case "pinned" ->
                new PeerIdentity.Pinned(CertificatePin.parse(required(attributes, PEER_PIN)), names(attributes));
            case "unverified" -> new PeerIdentity.Unverified(required(attributes, PEER_REASON), names(attributes));
            default -> PeerIdentity.none();
        };
    }

    private static List<String> names(Map<String, String> attributes) {
        return Arrays.stream(attributes.getOrDefault(PEER_NAMES, "").split(" "))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String required(Map<String, String> attributes, String name) {
        String value = attributes.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the mail's stamp lacks " + name);
        }
        return value;
    }
}
