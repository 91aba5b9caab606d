package org.mailflow.cli;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.Explanation.OfRecipient;
import org.mailflow.core.explain.Explanation.Step;
import org.mailflow.core.explain.QuestionForm;

/** Shows an explanation to a person: the answer first, then how it came about. */
final class ExplanationView {

    private static final String MARGIN = "  ";
    private static final int HEADING = 10;
    private static final int QUESTION = 21;

    private final Screen screen;

    ExplanationView(Screen screen) {
        this.screen = screen;
    }

    void show(QuestionForm question, Explanation explanation, String source) {
        heading("From", question.from().orElse(""));
        heading("Brought by", peer(question));
        heading("Asked", source);
        explanation.recipients().forEach(this::show);
    }

    private void heading(String name, String value) {
        screen.line(Text.of(name, Style.STRONG).padded(HEADING + 2), Text.of(value));
    }

    private static String peer(QuestionForm question) {
        String session = question.clientIp().orElse("") + ", " + question.tls().orElse("in clear text");
        String certificate = question.certificate()
                .map(presented -> (presented.verified() ? ", certificate " : ", unverified certificate ")
                        + String.join(", ", presented.names())
                        + presented.pin().map(pin -> " pinned " + pin).orElse(""))
                .orElse("");
        String user = question.auth().map(name -> ", authenticated as " + name).orElse("");
        String organization =
                question.originatorOrg().map(domain -> ", XOORG " + domain).orElse("");
        return session + certificate + user + organization;
    }

    private void show(OfRecipient recipient) {
        screen.line();
        screen.line(
                Text.of("To", Style.STRONG).padded(HEADING + 2),
                Text.of(recipient.recipient(), Style.STRONG),
                Text.of(": "),
                verdict(recipient));
        Optional<Step> before = Optional.empty();
        for (Step step : recipient.steps()) {
            show(step, before);
            before = Optional.of(step);
        }
        if (!recipient.members().isEmpty()) {
            recipient.members().forEach(this::member);
        } else if (recipient.accepted()) {
            way(recipient);
        }
    }

    /** Somebody to whom a group's mail goes. */
    private void member(OfRecipient member) {
        screen.line();
        screen.line(Text.of("Goes on to", Style.STRONG).padded(HEADING + 2), Text.of(member.recipient(), Style.STRONG));
        Optional<Step> before = Optional.empty();
        for (Step step : member.steps()) {
            show(step, before);
            before = Optional.of(step);
        }
        way(member);
    }

    private static Text verdict(OfRecipient recipient) {
        if (recipient.accepted()) {
            return Text.of("accepted", Style.GOOD);
        }
        boolean unavailable =
                recipient.steps().stream().anyMatch(step -> step.answer().equals("unavailable"));
        if (unavailable) {
            return Text.of("unavailable", Style.WARNING);
        }
        return recipient.reply().startsWith("4")
                ? Text.of("refused for now", Style.WARNING)
                : Text.of("refused", Style.BAD);
    }

    /** A refusal often has the reason of the question that led to it, and the answer too: once is enough. */
    private void show(Step step, Optional<Step> before) {
        boolean isReasonKnown =
                before.map(Step::reason).filter(step.reason()::equals).isPresent();
        boolean isAnswerKnown =
                before.map(Step::answer).filter(step.answer()::equals).isPresent();
        if (isReasonKnown && isAnswerKnown) {
            return;
        }
        row(step.question(), step.answer(), Style.PLAIN);
        if (!isReasonKnown) {
            String line =
                    step.decidedBy().map(location -> "  [" + location + "]").orElse("");
            row("", step.reason() + line, Style.DIM);
        }
    }

    private void way(OfRecipient recipient) {
        recipient
                .deliveryAddress()
                .filter(address -> !address.equals(recipient.recipient()))
                .ifPresent(address -> row("address there", address, Style.PLAIN));
        recipient.tls().ifPresent(tls -> row("TLS", tls, Style.PLAIN));
        row("next hop", nextHop(recipient.nextHops(), 0).orElse(withoutHop(recipient)), Style.STRONG);
        for (int i = 1; i < recipient.nextHops().size(); i++) {
            row("then", nextHop(recipient.nextHops(), i).orElse(""), Style.STRONG);
        }
    }

    private static String withoutHop(OfRecipient recipient) {
        return switch (recipient.route().orElse("")) {
            case "local" -> "none: its mailbox is here";
            case "wait" -> "none yet: the mail waits until that is known";
            case "unreachable" -> "none: the mail stands until a connector serves it";
            default -> "none: the mail is returned to its sender";
        };
    }

    private static Optional<String> nextHop(List<String> hops, int index) {
        return index < hops.size() ? Optional.of(hops.get(index)) : Optional.empty();
    }

    private void row(String name, String value, Style style) {
        screen.line(Text.of(MARGIN), Text.of(name).padded(QUESTION), Text.of(value, style));
    }
}
