package org.mailflow.james;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Route;
import org.mailflow.core.decision.Stamp;

/**
 * The way that was chosen for a mail, as it travels in the mail's attributes from the choice to the delivery.
 *
 * @param route the word for it: {@code connector contoso/To the cloud}, {@code mx}, {@code local}, …
 * @param outboundConnector the name of the connector's queue; empty where the way takes none
 * @param reason why; for the administrator
 * @param routedIn the processor where the choice was made, and where it can be made again
 * @param recipients for whom it was made; it holds for nobody else
 */
public record RouteStamp(
        String route, Optional<String> outboundConnector, String reason, String routedIn, Set<String> recipients) {

    /** The word for the way. */
    public static final AttributeName ROUTE = AttributeName.of(Stamp.PREFIX + "route");
    /** The queue of the connector. */
    public static final AttributeName OUTBOUND_CONNECTOR = AttributeName.of(Stamp.PREFIX + "outboundConnector");
    /** Why. */
    public static final AttributeName REASON = AttributeName.of(Stamp.PREFIX + "routeReason");
    /** Where it was chosen. */
    public static final AttributeName ROUTED_IN = AttributeName.of(Stamp.PREFIX + "routedIn");
    /** For whom. */
    public static final AttributeName RECIPIENTS = AttributeName.of(Stamp.PREFIX + "routedRecipients");

    private static final List<AttributeName> ATTRIBUTES =
            List.of(ROUTE, OUTBOUND_CONNECTOR, REASON, ROUTED_IN, RECIPIENTS);

    /** Copies the recipients. */
    public RouteStamp {
        recipients = Set.copyOf(recipients);
    }

    /** The stamp of a route. */
    public static RouteStamp of(Route route, String reason, String routedIn, Collection<MailAddress> recipients) {
        return new RouteStamp(
                route.word(),
                route instanceof Route.ByConnector by ? Optional.of(by.queueName()) : Optional.empty(),
                reason,
                routedIn,
                addresses(recipients));
    }

    /** The route of a mail; empty where none was chosen. */
    public static Optional<RouteStamp> of(Mail mail) {
        return text(mail, ROUTE)
                .map(route -> new RouteStamp(
                        route,
                        text(mail, OUTBOUND_CONNECTOR),
                        text(mail, REASON).orElse(""),
                        text(mail, ROUTED_IN).orElse(Mail.DEFAULT),
                        Set.of(text(mail, RECIPIENTS).orElse("").split("\n"))));
    }

    /** Puts the route on a mail; whatever the mail had of one before is gone. */
    public void put(Mail mail) {
        remove(mail);
        set(mail, ROUTE, route);
        outboundConnector.ifPresent(name -> set(mail, OUTBOUND_CONNECTOR, name));
        set(mail, REASON, reason);
        set(mail, ROUTED_IN, routedIn);
        set(mail, RECIPIENTS, String.join("\n", new TreeSet<>(recipients)));
    }

    /** Takes the route off a mail. */
    public static void remove(Mail mail) {
        ATTRIBUTES.forEach(mail::removeAttribute);
    }

    /**
     * Whether the choice holds for all recipients of a mail. James gives a mail back all recipients of its spool item
     * when something fails later on; the route of some of them is no route for the others.
     */
    public boolean holdsFor(Mail mail) {
        return recipients.containsAll(addresses(mail.getRecipients()));
    }

    private static Set<String> addresses(Collection<MailAddress> recipients) {
        Set<String> addresses = new TreeSet<>();
        recipients.forEach(recipient -> addresses.add(recipient.asString()));
        return addresses;
    }

    private static Optional<String> text(Mail mail, AttributeName name) {
        return AttributeUtils.getValueAndCastFromMail(mail, name, String.class);
    }

    private static void set(Mail mail, AttributeName name, String value) {
        mail.setAttribute(new Attribute(name, AttributeValue.of(value)));
    }
}
