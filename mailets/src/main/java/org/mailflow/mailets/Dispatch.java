package org.mailflow.mailets;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.apache.mailet.ProcessingState;
import org.mailflow.core.decision.Route;
import org.mailflow.core.decision.RouteFailure;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.Copies;
import org.mailflow.james.HandedOn;
import org.mailflow.james.LoopStamp;
import org.mailflow.james.MailFacts;
import org.mailflow.james.RouteStamp;
import org.mailflow.james.Snapshots;

/**
 * Sends the copies of a mail their ways.
 *
 * <p>A copy becomes a spool item of its own before the mail ends. James gives a mail that fails later on all recipients
 * of its spool item back, wherever it is by then; in an item of its own these are the copy's. A fault between two copies
 * loses none, repeats none and sends none the way of another: the mail knows for
 * whom a copy was sent, and, of a group that is in several copies, for which of its members. Only a mail with one way, by connector or
 * MX and without a new sender or new addresses, goes on as it is: the delivery checks that the way holds for each of its recipients.
 */
final class Dispatch {

    /** What James' bounce mailets tell the sender. */
    private static final AttributeName DELIVERY_ERROR = AttributeName.of("delivery-error");

    private final Mailflow mailflow;
    private final RouteStates states;
    private final WaitSchedule waits;
    private final MailetContext context;
    private final MailEvents events;

    Dispatch(Mailflow mailflow, RouteStates states, WaitSchedule waits, MailetContext context, MailEvents events) {
        this.mailflow = mailflow;
        this.states = states;
        this.waits = waits;
        this.context = context;
        this.events = events;
    }

    void dispatch(Mail mail, List<RoutedCopy> copies) throws MessagingException {
        List<RoutedCopy> open = open(mail, copies);
        if (open.size() == 1 && goesOnAsItIs(open.get(0))) {
            RoutedCopy only = open.get(0);
            String routedIn = mail.getState();
            HandedOn.forget(mail);
            prepare(mail, only, routedIn);
            mail.setState(states.of(only.route()).map(ProcessingState::getValue).orElse(routedIn));
            tell(MailEvent.Type.ROUTED, mail, only, only.route().word() + ": " + only.reason());
            return;
        }
        for (int i = 0; i < open.size(); i++) {
            send(mail, open.get(i), copies.size() > 1, doneWith(open.get(i), open.subList(i + 1, open.size())));
        }
        HandedOn.forget(mail);
        mail.setState(Mail.GHOST);
    }

    /** What is left of the copies where a fault interrupted their sending. */
    private static List<RoutedCopy> open(Mail mail, List<RoutedCopy> copies) {
        return copies.stream()
                .map(copy -> copy.without((before, after) -> HandedOn.isReaddressed(mail, before, after)))
                .filter(copy -> !copy.recipients().isEmpty())
                .toList();
    }

    /** A group may be in several copies: the work is done for it with the last one. */
    private static List<MailAddress> doneWith(RoutedCopy sent, List<RoutedCopy> later) {
        return sent.recipients().stream()
                .filter(recipient ->
                        later.stream().noneMatch(copy -> copy.recipients().contains(recipient)))
                .toList();
    }

    private static boolean goesOnAsItIs(RoutedCopy copy) {
        return copy.leavesAddresses()
                && (copy.route() instanceof Route.ByConnector || copy.route() instanceof Route.ByMx);
    }

    private void send(Mail mail, RoutedCopy routed, boolean split, List<MailAddress> done) throws MessagingException {
        Mail copy = routed.sender().isPresent()
                ? Envelope.withSender(mail, routed.sender().get().address())
                : mail.duplicate();
        try {
            copy.setName(split ? Copies.newName(mail) : mail.getName());
            HandedOn.forget(copy);
            prepare(copy, routed, mail.getState());
            Optional<ProcessingState> state = states.of(routed.route());
            if (state.isPresent()) {
                context.sendMail(copy, state.get().getValue());
            } else if (routed.route() instanceof Route.Wait) {
                hold(copy, routed, mail.getState());
            }
            HandedOn.addReaddressed(mail, routed.addresses());
            HandedOn.add(mail, done);
            if (split) {
                events.record(MailFacts.event(MailEvent.Type.TRANSFERRED, mailflow, mail, routed.recipients())
                        .reason("split by way, as mail " + copy.getName())
                        .build());
            }
            tellOfNewSender(mail, copy, routed);
            tellOfNewAddresses(copy, routed);
            if (!(routed.route() instanceof Route.Wait)) {
                tell(MailEvent.Type.ROUTED, copy, routed, routed.route().word() + ": " + routed.reason());
            }
            if (routed.route() instanceof Route.MailLoop) {
                tell(MailEvent.Type.FAILED, copy, routed, routed.reason());
            }
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    private void hold(Mail copy, RoutedCopy routed, String state) throws MessagingException {
        RouteStamp.remove(copy);
        copy.setAttribute(new Attribute(Snapshots.DECIDE_ANEW, AttributeValue.of(true)));
        Duration wait = waits.begin(copy);
        context.sendMail(copy, state, wait.toMillis(), TimeUnit.MILLISECONDS);
        tell(MailEvent.Type.DEFERRED, copy, routed, routed.reason() + "; routed again in " + wait.toSeconds() + " s");
    }

    private void prepare(Mail copy, RoutedCopy routed, String routedIn) {
        Envelope.readdress(copy, routed.addresses());
        copy.removeAttribute(Snapshots.DECIDE_ANEW);
        if (!(routed.route() instanceof Route.Wait)) {
            WaitSchedule.end(copy);
        }
        RouteStamp.of(routed.route(), routed.reason(), routedIn, copy.getRecipients())
                .put(copy);
        if (!(routed.route() instanceof Route.Wait)) {
            LoopStamp.put(copy, routed.loopMark(), routed.route() instanceof Route.MailLoop);
        }
        RouteFailure.of(routed.route())
                .ifPresent(
                        reply -> copy.setAttribute(new Attribute(DELIVERY_ERROR, AttributeValue.of(reply.toString()))));
    }

    private void tellOfNewSender(Mail mail, Mail copy, RoutedCopy routed) {
        routed.sender()
                .ifPresent(sender -> events.record(MailFacts.event(MailEvent.Type.REWRITTEN, mailflow, copy)
                        .sender(mail.getMaybeSender().asString())
                        .reason("sender to " + sender.address() + ": " + sender.reason())
                        .build()));
    }

    private void tellOfNewAddresses(Mail copy, RoutedCopy routed) {
        routed.addresses().forEach((before, after) -> {
            if (!before.equals(after)) {
                events.record(MailFacts.event(MailEvent.Type.REWRITTEN, mailflow, copy, List.of(before))
                        .reason("to " + after.asString() + ": " + routed.reason())
                        .build());
            }
        });
    }

    private void tell(MailEvent.Type type, Mail copy, RoutedCopy routed, String reason) {
        Optional<Route.ByConnector> by = Optional.of(routed.route())
                .filter(Route.ByConnector.class::isInstance)
                .map(Route.ByConnector.class::cast);
        MailEvent.Builder event = MailFacts.event(type, mailflow, copy)
                .organization(by.map(way -> way.organization().name()))
                .connector(by.map(way -> way.connector().name()))
                .reason(reason);
        if (type == MailEvent.Type.FAILED) {
            RouteFailure.of(routed.route()).ifPresent(reply -> event.reply(reply.toString()));
        }
        events.record(event.build());
    }
}
