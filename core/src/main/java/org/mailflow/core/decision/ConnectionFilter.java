package org.mailflow.core.decision;

import java.time.Instant;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.IpListEntry;
import org.mailflow.core.model.Mailflow;

/** The connection filter: the IP allow list beats the block list (semantics of IPAllowList and IPBlockList). */
public final class ConnectionFilter {

    /** What the lists say of an address. */
    public enum Verdict {
        /** On the allow list: skips the block list and the spam filter. */
        ALLOWED,
        /** On the block list and not on the allow list. */
        BLOCKED,
        /** On neither. */
        NEUTRAL
    }

    /**
     * A verdict and its reason.
     *
     * @param verdict what the lists say
     * @param reason which entry says it
     */
    public record Result(Verdict verdict, Reason reason) {}

    private ConnectionFilter() {}

    /** Judges a connecting address at a time. */
    public static Result judge(Mailflow mailflow, IpAddress clientIp, Instant now) {
        return mailflow.server()
                .ipAllowList()
                .find(clientIp, now)
                .map(entry -> result(Verdict.ALLOWED, "allow", clientIp, entry))
                .or(() -> mailflow.server()
                        .ipBlockList()
                        .find(clientIp, now)
                        .map(entry -> result(Verdict.BLOCKED, "block", clientIp, entry)))
                .orElseGet(() -> new Result(Verdict.NEUTRAL, Reason.of(clientIp + " is on no IP list")));
    }

    private static Result result(Verdict verdict, String list, IpAddress clientIp, IpListEntry entry) {
        String text = clientIp + " is on the IP " + list + " list: " + entry.text()
                + (entry.comment().isEmpty() ? "" : ", " + entry.comment());
        return new Result(verdict, Reason.of(text, entry.location()));
    }
}
