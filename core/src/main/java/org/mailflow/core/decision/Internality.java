package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.Mailflow;

/**
 * Whether a mail counts as mail inside of an organization (decision D12), and what follows from that: the one place that filters,
 * rules and journals ask. Any doubt makes a mail external.
 *
 * @param isInternal the answer
 * @param reason why
 */
public record Internality(boolean isInternal, Reason reason) {

    static Internality internal(Reason reason) {
        return new Internality(true, reason);
    }

    static Internality external(Reason reason) {
        return new Internality(false, reason);
    }

    /**
     * Whether a mail on the spool is internal.
     *
     * @param stamp empty for mail that this server made itself, which is
     */
    public static boolean of(Optional<Stamp> stamp) {
        return stamp.map(Stamp::internal).orElse(true);
    }

    /**
     * Whether a sender is in the organization, as rules ask (FromScope InOrganization): the mail is internal, and its sender
     * in a domain whose recipients are the organization's own.
     *
     * @param stamp empty for mail that this server made itself
     * @param sender empty for the null sender, which is nobody
     */
    public static boolean isSenderInOrganization(
            Mailflow mailflow, Optional<Stamp> stamp, Optional<EmailAddress> sender) {
        return of(stamp)
                && sender.flatMap(address -> mailflow.accepted(address.domain()))
                        .filter(accepted -> accepted.acceptedDomain().type() != AcceptedDomainType.EXTERNAL_RELAY)
                        .filter(accepted -> stamp.flatMap(Stamp::organization)
                                .map(accepted.organization().name()::equalsIgnoreCase)
                                .orElse(true))
                        .isPresent();
    }

    /**
     * Whether a spam filter leaves a mail alone. It says nothing about malware.
     *
     * @param stamp empty for mail that this server made itself
     */
    public static boolean skipsSpamFilter(Optional<Stamp> stamp) {
        return stamp.map(Stamp::skipsSpamFilter).orElse(true);
    }
}
