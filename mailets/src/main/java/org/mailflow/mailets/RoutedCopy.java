package org.mailflow.mailets;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.mailflow.core.decision.NewSender;
import org.mailflow.core.decision.Route;
import org.mailflow.core.decision.RoutePlan;

/**
 * What one way of a plan means for a mail.
 *
 * @param route the way
 * @param sender the sender that it must have on this way; empty for the one that it has
 * @param reason why, for all its recipients
 * @param addresses the recipients as they are, with the addresses that they must have on this way: a group several
 * @param loopMark the header fields by which the copy is known should it come back
 */
record RoutedCopy(
        Route route,
        Optional<NewSender> sender,
        String reason,
        SetMultimap<MailAddress, MailAddress> addresses,
        List<String> loopMark) {

    private static final int REASONS = 10;

    /** The recipients as the mail has them now. */
    Collection<MailAddress> recipients() {
        return addresses.keySet();
    }

    /** Whether sender and recipients keep their addresses. */
    boolean leavesAddresses() {
        return sender.isEmpty()
                && addresses.entries().stream().allMatch(entry -> entry.getKey().equals(entry.getValue()));
    }

    /** Leaves out recipients with an address that they have on this way. */
    RoutedCopy without(BiPredicate<MailAddress, MailAddress> which) {
        SetMultimap<MailAddress, MailAddress> left = LinkedHashMultimap.create(addresses);
        left.entries().removeIf(entry -> which.test(entry.getKey(), entry.getValue()));
        return new RoutedCopy(route, sender, reason, left, loopMark);
    }

    /** Joins what a plan says with the mail's own recipients. */
    static RoutedCopy of(RoutePlan.Group group, Recipients recipients) {
        SetMultimap<MailAddress, MailAddress> addresses = LinkedHashMultimap.create();
        group.recipients().forEach(routed -> recipients
                .of(routed.recipient())
                .forEach(original -> addresses.put(original, recipients.readdressed(original, routed))));
        return new RoutedCopy(group.route(), group.sender(), reason(group.recipients()), addresses, group.loopMark());
    }

    /** Recipients that are no addresses of mail flow: nothing but a return to the sender is safe. */
    static RoutedCopy ofUnreadable(Collection<MailAddress> recipients) {
        SetMultimap<MailAddress, MailAddress> addresses = LinkedHashMultimap.create();
        recipients.forEach(recipient -> addresses.put(recipient, recipient));
        return new RoutedCopy(
                new Route.NotPermitted(),
                Optional.empty(),
                "not an address of local part and domain name",
                addresses,
                List.of());
    }

    private static String reason(List<RoutePlan.Routed> recipients) {
        return recipients.stream()
                .map(routed -> routed.reason().toString())
                .distinct()
                .limit(REASONS)
                .collect(Collectors.joining("; "));
    }
}
