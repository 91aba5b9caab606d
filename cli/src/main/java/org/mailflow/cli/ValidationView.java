package org.mailflow.cli;

import java.util.List;
import java.util.Locale;
import org.mailflow.core.validation.ConnectorValidation;
import org.mailflow.core.validation.HostReport;
import org.mailflow.core.validation.NextHopReport;
import org.mailflow.core.validation.SentMail;
import org.mailflow.core.validation.Step;
import org.mailflow.core.validation.Verdict;

/** Shows a validation: the outcome first, then each host step by step, and under what is wrong what to do. */
final class ValidationView {

    private static final String MARGIN = "  ";
    private static final int HEADING = 12;
    private static final int VERDICT = 9;
    private static final int NAME = 11;
    private static final int MILLIS = 9;

    private final Screen screen;

    ValidationView(Screen screen) {
        this.screen = screen;
    }

    void show(ConnectorValidation validation, String source) {
        String outcome = validation.isValidated() ? "VALIDATED" : "NOT VALIDATED";
        screen.line(
                Text.of(validation.connector() + " "),
                Text.of(outcome, validation.isValidated() ? Style.GOOD : Style.BAD),
                Text.of(" - " + validation.summary()));
        screen.line();
        heading("Asked", source);
        heading("Connector", validation.settings() + (validation.enabled() ? "" : "; disabled: no mail leaves by it"));
        heading(
                "Mail",
                "from " + validation.sender() + " to "
                        + (validation.recipients().isEmpty() ? "nobody" : String.join(", ", validation.recipients()))
                        + ", as " + validation.heloName());
        steps(MARGIN, validation.notes());
        validation.nextHops().forEach(this::nextHop);
        if (!validation.sent().isEmpty()) {
            screen.line();
            validation.sent().forEach(this::sent);
        }
    }

    private void nextHop(NextHopReport nextHop) {
        screen.line();
        screen.line(Text.of(nextHop.name(), Style.STRONG));
        steps(MARGIN, nextHop.resolution());
        nextHop.hosts().forEach(this::host);
    }

    private void host(HostReport host) {
        screen.line(Text.of(MARGIN + host.host(), Style.STRONG));
        steps(MARGIN + MARGIN, host.steps());
        if (!host.extensions().isEmpty()) {
            screen.line(
                    Text.of(MARGIN + MARGIN + " ".repeat(VERDICT)),
                    Text.of("offers").padded(NAME),
                    Text.of(" ".repeat(MILLIS) + String.join(", ", host.extensions())));
        }
    }

    private void sent(SentMail mail) {
        screen.line(Text.of("Mail to " + mail.recipient(), Style.STRONG), Text.of(", Message-ID " + mail.messageId()));
        steps(MARGIN, List.of(mail.step()));
    }

    private void steps(String margin, List<Step> steps) {
        for (Step step : steps) {
            screen.line(
                    Text.of(margin),
                    Text.of(word(step.verdict()), style(step.verdict())).padded(VERDICT),
                    Text.of(step.name()).padded(NAME),
                    Text.of(step.millis().map(millis -> millis + " ms").orElse(""))
                            .padded(MILLIS),
                    Text.of(step.text()));
            step.remedy()
                    .ifPresent(remedy -> screen.line(
                            Text.of(margin + " ".repeat(VERDICT + NAME + MILLIS)), Text.of("-> " + remedy)));
        }
    }

    private void heading(String name, String value) {
        screen.line(Text.of(name, Style.STRONG).padded(HEADING), Text.of(value));
    }

    private static String word(Verdict verdict) {
        return verdict == Verdict.FAILED ? verdict.name() : verdict.name().toLowerCase(Locale.ROOT);
    }

    private static Style style(Verdict verdict) {
        return switch (verdict) {
            case OK -> Style.GOOD;
            case WARNING -> Style.WARNING;
            case FAILED -> Style.BAD;
        };
    }
}
