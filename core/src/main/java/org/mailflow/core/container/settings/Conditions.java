package org.mailflow.core.container.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailflow.core.decision.ConnectorNames;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.TlsVersion;

/** What may stand behind the equals sign of our matchers. */
public final class Conditions {

    private static final Pattern LOOKS_LIKE_ADDRESS =
            Pattern.compile("[0-9/-]*\\.[0-9./-]*|[0-9A-Fa-f./-]*:[0-9A-Fa-f:./-]*");
    private static final String ADDRESSES = "write connector names, addresses, prefixes or ranges with commas between "
            + "them, like match=\"SenderIsInPartnerIpRange=192.0.2.0/24,Partner Fabrikam\", or no condition";

    private Conditions() {}

    /** Whether a condition of connectors and addresses has a connector among them. */
    public static boolean namesConnector(String condition) {
        return Stream.of(condition.split(",", -1)).map(String::strip).anyMatch(item -> !looksLikeAddress(item));
    }

    /** Whether an item of a condition is meant as an address, a prefix or a range, not as the name of a connector. */
    public static boolean looksLikeAddress(String item) {
        return LOOKS_LIKE_ADDRESS.matcher(item).matches();
    }

    static Optional<Flaw> none(String matcher, Optional<String> condition) {
        return condition.map(any -> new Flaw("takes no condition", "write match=\"" + matcher + "\" alone"));
    }

    static Optional<Flaw> tlsVersion(Optional<String> condition, Optional<Mailflow> mailflow) {
        return condition.flatMap(text -> TlsVersion.parse(text).isPresent()
                ? Optional.empty()
                : Optional.of(new Flaw(
                        "is no version of TLS", "write match=\"ReceivedOverTls=1.2\", or no condition for any")));
    }

    static Optional<Flaw> inboundConnector(Optional<String> condition, Optional<Mailflow> mailflow) {
        if (condition.isEmpty()) {
            return Optional.of(
                    new Flaw("names no connector", "write match=\"SentByConnector=Inbound from on-premises\""));
        }
        return mailflow.filter(
                        known -> ConnectorNames.inbound(known, condition.get()).isEmpty())
                .map(without -> new Flaw(
                        "no inbound connector has this name", "write organization/connector as in mailflow.xml"));
    }

    static Optional<Flaw> outboundConnector(Optional<String> condition, Optional<Mailflow> mailflow) {
        return condition
                .flatMap(name -> mailflow.flatMap(known -> outboundFlaw(name, known)))
                .map(message -> new Flaw(
                        message, "write organization/connector as in mailflow.xml, or no condition for any connector"));
    }

    private static Optional<String> outboundFlaw(String name, Mailflow mailflow) {
        return switch (ConnectorNames.outbound(mailflow, name).size()) {
            case 0 -> Optional.of("no outbound connector has this name");
            case 1 -> Optional.empty();
            default -> Optional.of("several organizations have this connector");
        };
    }

    static Optional<Flaw> connectorsAndAddresses(Optional<String> condition, Optional<Mailflow> mailflow) {
        if (condition.isEmpty()) {
            return Optional.empty();
        }
        List<String> flaws = new ArrayList<>();
        for (String item : condition.get().split(",", -1)) {
            itemFlaw(item.strip(), mailflow).ifPresent(flaws::add);
        }
        return flaws.isEmpty() ? Optional.empty() : Optional.of(new Flaw(String.join("; ", flaws), ADDRESSES));
    }

    private static Optional<String> itemFlaw(String item, Optional<Mailflow> mailflow) {
        if (item.isEmpty()) {
            return Optional.of("an item is empty");
        }
        if (!looksLikeAddress(item)) {
            return mailflow.flatMap(
                    known -> switch (ConnectorNames.inbound(known, item).size()) {
                        case 0 -> Optional.of("'" + item + "' is no inbound connector");
                        case 1 -> Optional.empty();
                        default -> Optional.of("'" + item + "' is a connector of several organizations");
                    });
        }
        try {
            IpPrefix.parseAll(item);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
