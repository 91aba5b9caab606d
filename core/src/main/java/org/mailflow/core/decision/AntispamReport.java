package org.mailflow.core.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.mime.RawField;
import org.mailflow.core.model.Organization;

/**
 * What the header X-Forefront-Antispam-Report says of a mail that no filter has seen yet. Without a verdict there is neither SCL
 * nor SFV: that nobody looked is not that it is clean.
 *
 * @param source CIP: where the mail came from
 * @param allowListed IPV: whether that is on the IP allow list (CAL) or not (NLI)
 * @param skipped SFV: why a spam filter leaves the mail alone; empty where it does not
 * @param direction DIR
 */
public record AntispamReport(IpAddress source, boolean allowListed, Optional<Skipped> skipped, Direction direction) {

    /** Why a spam filter leaves a mail alone, with SCL -1. */
    public enum Skipped {
        /** Its source is on the IP allow list. */
        SKN,
        /** It is the organization's own. */
        SKI
    }

    /** Which way a mail goes. */
    public enum Direction {
        /** From anybody to an organization here. */
        INB,
        /** From an organization here to anybody else, even if only in part. */
        OUT,
        /** From an organization here to itself. */
        INT
    }

    /** The report of a stamped mail to these recipients. */
    public static AntispamReport of(Stamp stamp, List<Resolution> recipients) {
        return new AntispamReport(stamp.sourceIp(), stamp.allowListed(), skipped(stamp), direction(stamp, recipients));
    }

    private static Optional<Skipped> skipped(Stamp stamp) {
        if (stamp.allowListed()) {
            return Optional.of(Skipped.SKN);
        }
        return stamp.skipsSpamFilter() ? Optional.of(Skipped.SKI) : Optional.empty();
    }

    private static Direction direction(Stamp stamp, List<Resolution> recipients) {
        if (stamp.directionality() == Directionality.INCOMING) {
            return Direction.INB;
        }
        boolean inside = recipients.stream()
                .allMatch(recipient ->
                        recipient.organization().map(Organization::name).equals(stamp.organization()));
        return inside ? Direction.INT : Direction.OUT;
    }

    /** Why the report has the verdict that it has. */
    public Reason reason() {
        return Reason.of(skipped.map(why -> switch (why) {
                    case SKN -> "its source is on the IP allow list: no spam filter looks at it";
                    case SKI -> "it is the organization's own mail: no spam filter looks at it";
                })
                .orElse("no spam filter has looked at it yet"));
    }

    /** The header fields that tell of it, and of the source that enhanced filtering found. */
    public List<RawField> fields(MailSource found) {
        List<RawField> fields = new ArrayList<>();
        fields.add(RawField.of(HeaderFirewall.ANTISPAM_REPORT, toString()));
        found.recovered().ifPresent(address -> fields.add(RawField.of(HeaderFirewall.ORIGINAL_SENDER, ip(address))));
        found.skipListed()
                .ifPresent(address -> fields.add(RawField.of(HeaderFirewall.SKIP_LISTED_SENDER, ip(address))));
        return fields;
    }

    private static String ip(IpAddress address) {
        return "ip=[" + address + "]";
    }

    /** The value of the header, its fields in Exchange's order. */
    @Override
    public String toString() {
        return "CIP:" + source + ";"
                + (skipped.isPresent() ? "SCL:-1;" : "")
                + "IPV:" + (allowListed ? "CAL" : "NLI") + ";"
                + skipped.map(why -> "SFV:" + why + ";").orElse("")
                + "DIR:" + direction + ";";
    }
}
