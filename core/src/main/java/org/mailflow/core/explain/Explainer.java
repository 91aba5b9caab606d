package org.mailflow.core.explain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Location;
import org.mailflow.core.decision.AntispamReport;
import org.mailflow.core.decision.ConnectionFilter;
import org.mailflow.core.decision.Contacts;
import org.mailflow.core.decision.HeaderFirewall;
import org.mailflow.core.decision.HopLimit;
import org.mailflow.core.decision.Internality;
import org.mailflow.core.decision.LoopHeader;
import org.mailflow.core.decision.LoopMarks;
import org.mailflow.core.decision.MailSource;
import org.mailflow.core.decision.Reason;
import org.mailflow.core.decision.RecipientDecision;
import org.mailflow.core.decision.RecipientDecision.Refused;
import org.mailflow.core.decision.Resolution;
import org.mailflow.core.decision.Route;
import org.mailflow.core.decision.RoutePlan;
import org.mailflow.core.decision.Router;
import org.mailflow.core.decision.SmartHostOrder;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.explain.Explanation.OfRecipient;
import org.mailflow.core.explain.Explanation.Step;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.storage.StorageGate;

/** Answers where a mail would go, by the very decisions that the server takes. */
public final class Explainer {

    private static final String EXPANDED = "expanded";

    private Explainer() {}

    /** Explains a mail that would come now, to a server that has room for it. */
    public static Explanation explain(Mailflow mailflow, Question question, Instant now) {
        return explain(mailflow, question, now, Optional.empty());
    }

    /**
     * Explains a mail that would come now.
     *
     * @param closed what the server's storage says to it; empty where there is room
     */
    public static Explanation explain(
            Mailflow mailflow, Question question, Instant now, Optional<StorageGate.Closed> closed) {
        boolean blocked = ConnectionFilter.judge(mailflow, question.peer().clientIp(), now)
                        .verdict()
                == ConnectionFilter.Verdict.BLOCKED;
        if (closed.isPresent() && !blocked) {
            List<OfRecipient> refused = question.recipients().stream()
                    .map(recipient -> withoutRoom(recipient, closed.get()))
                    .toList();
            return new Explanation(mailflow.generation(), refused);
        }
        Transaction transaction = new Transaction(mailflow, question.peer(), question.sender());
        List<RecipientDecision> decisions = question.recipients().stream()
                .map(recipient -> transaction.decide(recipient, now, question.size()))
                .toList();
        List<Step> ofTheMail = transaction.recipients().isEmpty() ? List.of() : ofTheMail(transaction, question, now);
        List<OfRecipient> recipients = new ArrayList<>();
        for (int i = 0; i < decisions.size(); i++) {
            EmailAddress recipient = question.recipients().get(i);
            recipients.add(
                    decisions.get(i).isAccepted()
                            ? taken(transaction, question, recipient, decisions.get(i), ofTheMail, now)
                            : refused(recipient, decisions.get(i)));
        }
        return new Explanation(mailflow.generation(), recipients);
    }

    /** What is found out when the header comes in, after all recipients are known. */
    private static List<Step> ofTheMail(Transaction transaction, Question question, Instant now) {
        List<String> received = question.received();
        List<Step> steps = new ArrayList<>();
        if (transaction.isSourceInHeader()) {
            MailSource source = transaction.readSource(received);
            String text = received.isEmpty()
                    ? "the mail's Received headers tell; ask with them"
                    : source.reason().text();
            steps.add(new Step(
                    "source",
                    source.address().toString(),
                    text,
                    source.reason().decidedBy().map(Location::toString)));
        }
        if (transaction.mayBeCrossPremises() && tells(question)) {
            boolean believed = transaction.promote(question.header()).isPresent();
            transaction
                    .crossPremises()
                    .ifPresent(reason ->
                            steps.add(step("other premises", believed ? "believed" : "not believed", reason)));
        }
        Internality internality = transaction.internality();
        steps.add(step("scope", internality.isInternal() ? "internal" : "external", internality.reason()));
        AntispamReport report = AntispamReport.of(transaction.stamp(now), transaction.recipients());
        steps.add(step("antispam report", report.toString(), report.reason()));
        return steps;
    }

    /** Without a header nobody knows what the other premises say. */
    private static boolean tells(Question question) {
        return !question.header().isEmpty() || question.peer().originatorOrg().isPresent();
    }

    private static OfRecipient taken(
            Transaction transaction,
            Question question,
            EmailAddress recipient,
            RecipientDecision decision,
            List<Step> ofTheMail,
            Instant now) {
        List<Step> steps = steps(decision);
        steps.addAll(ofTheMail);
        Optional<Refused> refused = transaction.refusalOfSource(now).or(() -> refusalOfHeader(transaction, question));
        if (refused.isPresent()) {
            String reply = refused.get().reply().toString();
            steps.add(step("end of DATA", reply, refused.get().reason()));
            return refused(recipient, reply, steps);
        }
        Optional<HopLimit.Exceeded> exceeded = hopLimit(transaction, question, now);
        if (exceeded.isPresent()) {
            String reply = exceeded.get().reply().toString();
            steps.add(step("hop limit", reply, exceeded.get().reason()));
            return refused(recipient, reply, steps);
        }
        return routed(transaction, question, recipient, steps, now);
    }

    /** What the header is refused for, as far as it is known: a question need not have all of it. */
    private static Optional<Refused> refusalOfHeader(Transaction transaction, Question question) {
        List<String> from = question.values("From");
        Optional<Refused> ofAuthor = from.isEmpty() ? Optional.empty() : transaction.refusalOfAuthor(from);
        return ofAuthor.or(() -> transaction.refusalOfOriginator(question.values(HeaderFirewall.ORIGINATOR_ORG)));
    }

    private static Optional<HopLimit.Exceeded> hopLimit(Transaction transaction, Question question, Instant now) {
        return HopLimit.judge(
                transaction.mailflow(),
                transaction.stamp(now).organization(),
                transaction.recipients().stream()
                        .map(Resolution::deliveryAddress)
                        .toList(),
                new HopLimit.Trace(question.received().size(), List.of()));
    }

    private static OfRecipient refused(EmailAddress recipient, RecipientDecision decision) {
        Refused refused = (Refused) decision.outcome();
        List<Step> steps = steps(decision);
        String reply = refused.reply().toString();
        if (steps.stream().noneMatch(step -> step.answer().equals(reply))) {
            steps.add(step("RCPT TO", reply, refused.reason()));
        }
        return refused(recipient, reply, steps);
    }

    private static OfRecipient withoutRoom(EmailAddress recipient, StorageGate.Closed closed) {
        String reply = closed.reply().toString();
        return refused(recipient, reply, List.of(step("MAIL FROM", reply, closed.reason())));
    }

    private static OfRecipient refused(EmailAddress recipient, String reply, List<Step> steps) {
        return new OfRecipient(
                recipient.toString(),
                false,
                reply,
                steps,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static OfRecipient routed(
            Transaction transaction, Question question, EmailAddress recipient, List<Step> steps, Instant now) {
        Stamp stamp = transaction.stamp(now);
        List<RoutePlan.Group> groups = Router.plan(
                        transaction.mailflow(),
                        transaction.sender(),
                        Optional.of(stamp),
                        List.of(recipient),
                        Contacts.NONE,
                        LoopMarks.of(transaction.mailflow(), loopHeader(question), Optional.of(stamp)),
                        question.size())
                .groups();
        RoutePlan.Group first = groups.get(0);
        if (first.recipients().get(0).member().isEmpty()) {
            return routed(recipient, first, first.recipients().get(0), steps);
        }
        List<OfRecipient> members = new ArrayList<>();
        groups.forEach(group -> group.recipients()
                .forEach(routed ->
                        members.add(routed(routed.member().orElse(recipient), group, routed, new ArrayList<>()))));
        return new OfRecipient(
                recipient.toString(),
                true,
                accepted(recipient),
                steps,
                Optional.of(EXPANDED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                members);
    }

    /** As it stands when this server has put its own Received field on top. */
    private static LoopHeader loopHeader(Question question) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        fields.add(Map.entry("Received", ""));
        question.header().forEach(field -> fields.add(Map.entry(field.name(), field.value())));
        return LoopHeader.of(fields);
    }

    private static OfRecipient routed(
            EmailAddress recipient, RoutePlan.Group copy, RoutePlan.Routed routed, List<Step> steps) {
        Route route = copy.route();
        steps.add(step("route", route.word(), routed.reason()));
        copy.sender()
                .ifPresent(sender -> steps.add(step("sender", sender.address().toString(), sender.reason())));
        Optional<Route.ByConnector> byConnector =
                route instanceof Route.ByConnector way ? Optional.of(way) : Optional.empty();
        return new OfRecipient(
                recipient.toString(),
                true,
                accepted(recipient),
                steps,
                Optional.of(route.word()),
                Optional.of(routed.deliveryAddress().toString()),
                copy.sender().map(sender -> sender.address().toString()),
                byConnector.map(Route.ByConnector::queueName),
                byConnector.map(way -> tls(way.connector())),
                nextHops(route, routed.deliveryAddress()),
                List.of());
    }

    private static String accepted(EmailAddress recipient) {
        return "250 2.1.5 Recipient <" + recipient + "> OK";
    }

    private static String tls(OutboundConnector connector) {
        return connector
                .tlsSettings()
                .map(settings -> settings.word()
                        + connector.tlsDomain().map(name -> " " + name).orElse(""))
                .orElse("opportunistic");
    }

    private static List<String> nextHops(Route route, EmailAddress deliveryAddress) {
        if (route instanceof Route.ByConnector way && !way.connector().useMXRecord()) {
            return SmartHostOrder.describe(way.connector());
        }
        return route instanceof Route.ByMx || route instanceof Route.ByConnector
                ? List.of("MX of " + deliveryAddress.domain())
                : List.of();
    }

    private static List<Step> steps(RecipientDecision decision) {
        List<Step> steps = new ArrayList<>();
        decision.steps().forEach(step -> steps.add(step(step.question(), step.answer(), step.reason())));
        return steps;
    }

    private static Step step(String question, String answer, Reason reason) {
        return new Step(question, answer, reason.text(), reason.decidedBy().map(Location::toString));
    }
}
