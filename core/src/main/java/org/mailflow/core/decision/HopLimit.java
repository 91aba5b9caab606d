package org.mailflow.core.decision;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.Premises;

/**
 * The last guard against loops: how many servers a mail may have passed through (RFC 5321, 6.3; parameter MaxHopCount
 * of Set-ReceiveConnector; decision D6).
 */
public final class HopLimit {

    private static final int CLOUD = 20;
    private static final int ON_PREMISES = 30;

    /**
     * A mail that goes in circles.
     *
     * @param reply the answer to the peer
     * @param reason how many hops it took, how many are allowed, and how it came by here
     */
    public record Exceeded(Reply reply, Reason reason) {}

    /**
     * What the Received headers of a mail tell, those of attached mails and our own of this hop left out. Others may have
     * written them.
     *
     * @param hops how many there are
     * @param visits how each visit to this server began, as far as its own headers say: the name of the inbound connector;
     *     empty for none
     */
    public record Trace(int hops, List<Optional<String>> visits) {
        /** Copies the list. */
        public Trace {
            visits = List.copyOf(visits);
        }
    }

    private HopLimit() {}

    /**
     * Judges a mail by the Received headers that it arrived with.
     *
     * @param organization whose originating mail it is; empty for incoming mail, which is judged for its recipients
     * @return empty where the mail may pass
     */
    public static Optional<Exceeded> judge(
            Mailflow mailflow, Optional<String> organization, List<EmailAddress> recipients, Trace trace) {
        Optional<Organization> whose = organization
                .flatMap(mailflow::organization)
                .or(() -> recipients.stream()
                        .flatMap(recipient -> mailflow.accepted(recipient.domain()).stream())
                        .map(Mailflow.Accepted::organization)
                        .findFirst());
        Premises premises = whose.map(Organization::premises).orElse(Premises.ON_PREMISES);
        int usual = premises == Premises.CLOUD ? CLOUD : ON_PREMISES;
        int limit = whose.map(found -> found.maxHopCount().orElse(usual)).orElse(usual);
        if (trace.hops() <= limit) {
            return Optional.empty();
        }
        String text = "the mail took " + trace.hops() + " hops, and " + limit + " are allowed "
                + (premises == Premises.CLOUD ? "in the cloud" : "on-premises") + visits(trace);
        return Optional.of(new Exceeded(reply(premises), new Reason(text, whose.map(Organization::location))));
    }

    /** What the sender of a mail that goes in circles is told. */
    static Reply reply(Premises premises) {
        return premises == Premises.CLOUD ? Reply.HOP_COUNT_EXCEEDED_IN_CLOUD : Reply.HOP_COUNT_EXCEEDED;
    }

    private static String visits(Trace trace) {
        if (trace.visits().isEmpty()) {
            return "";
        }
        Map<String, Long> counts = trace.visits().stream()
                .collect(Collectors.groupingBy(
                        visit -> visit.map(name -> "by inbound connector '" + name + "'")
                                .orElse("without a connector"),
                        TreeMap::new,
                        Collectors.counting()));
        return ". Its Received headers say that it was here before: "
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " times " + count.getKey())
                        .collect(Collectors.joining(", "));
    }
}
