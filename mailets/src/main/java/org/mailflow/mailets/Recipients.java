package org.mailflow.mailets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.RoutePlan;
import org.mailflow.james.Addresses;

/** A mail's recipients as core reads them, each with the mail's own addresses. */
final class Recipients {

    private final Map<EmailAddress, List<MailAddress>> readable = new LinkedHashMap<>();
    private final List<MailAddress> unreadable = new ArrayList<>();

    Recipients(Collection<MailAddress> recipients) {
        for (MailAddress recipient : recipients) {
            Optional<EmailAddress> address = Envelope.read(recipient);
            if (address.isPresent()) {
                readable.computeIfAbsent(address.get(), key -> new ArrayList<>())
                        .add(recipient);
            } else {
                unreadable.add(recipient);
            }
        }
    }

    /** One of each address. */
    List<EmailAddress> addresses() {
        return List.copyOf(readable.keySet());
    }

    /** The mail's addresses that core reads as this one. */
    List<MailAddress> of(EmailAddress address) {
        return readable.getOrDefault(address, List.of());
    }

    /** The mail's addresses that core does not take. */
    List<MailAddress> unreadable() {
        return unreadable;
    }

    /** The address on a way: the mail's own where it is the same. */
    MailAddress readdressed(MailAddress original, RoutePlan.Routed routed) {
        return routed.deliveryAddress().equals(routed.recipient())
                ? original
                : Addresses.toJames(routed.deliveryAddress());
    }
}
