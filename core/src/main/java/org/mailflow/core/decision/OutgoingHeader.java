package org.mailflow.core.decision;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.mime.RawField;

/**
 * How the header of a mail leaves to one next hop: to the other premises of a hybrid deployment with what this side knows of the
 * mail, to anybody else without.
 *
 * @param fqdn this server
 * @param toOtherPremises whether the next hop is the other premises, and proved that
 * @param originatorOrg the organization's default domain
 * @param madeHere whether this server made the mail itself
 */
public record OutgoingHeader(String fqdn, boolean toOtherPremises, Optional<String> originatorOrg, boolean madeHere) {

    /**
     * Rewrites a header.
     *
     * @param header its lines with their line ends, without the empty one behind it
     * @throws IllegalStateException where the next hop would still be told what it may not be told: such a mail must not leave
     */
    public byte[] rewrite(byte[] header) {
        List<RawField> fields = RawField.in(header);
        byte[] rewritten = RawField.join(
                toOtherPremises
                        ? CrossPremisesHeaders.demote(fields, fqdn, originatorOrg, madeHere)
                        : CrossPremisesHeaders.filter(fields, fqdn));
        List<String> left = left(rewritten);
        if (!left.isEmpty()) {
            throw new IllegalStateException("the header that leaves still has " + left);
        }
        return rewritten;
    }

    /** With another reader than the one that rewrote it: line by line, whatever ends a line, and whatever is in a name. */
    private List<String> left(byte[] rewritten) {
        List<String> left = new ArrayList<>();
        new String(rewritten, StandardCharsets.ISO_8859_1).lines().forEach(line -> {
            int colon = line.indexOf(':');
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            String name = (colon < 0 ? line : line.substring(0, colon)).replaceAll("[^!-~]", "");
            if (!folded && isNotForIt(name)) {
                left.add(name);
            }
        });
        return left;
    }

    private boolean isNotForIt(String name) {
        String folded = HeaderFirewall.fold(name);
        return toOtherPremises
                ? folded.startsWith(HeaderFirewall.fold(HeaderFirewall.ORGANIZATION))
                        || folded.startsWith(HeaderFirewall.fold(HeaderFirewall.FOREST))
                : HeaderFirewall.isSecret(name) && !folded.equals(HeaderFirewall.fold(HeaderFirewall.FILTERED));
    }
}
