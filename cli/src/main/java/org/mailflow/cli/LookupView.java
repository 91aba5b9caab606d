package org.mailflow.cli;

import java.util.List;
import org.mailflow.core.explain.LookupResult;
import org.mailflow.core.explain.LookupResult.Located;
import org.mailflow.core.explain.LookupResult.OfSource;

/** Shows a look-up to a person: the answer first, then who said what. */
final class LookupView {

    private static final String MARGIN = "  ";
    private static final int HEADING = 14;
    private static final int SHOWN = 50;

    private final Screen screen;

    LookupView(Screen screen) {
        this.screen = screen;
    }

    void show(LookupResult result, String source) {
        screen.line(
                Text.of(result.address(), Style.STRONG),
                Text.of(": "),
                Text.of(result.outcome(), styleOf(result.outcome())));
        heading("Asked", source);
        heading("Organization", result.organization().orElse("none: nobody here accepts the domain"));
        result.sources().forEach(this::show);
        screen.line();
        show(result.recipient());
    }

    private void show(OfSource said) {
        screen.line();
        screen.line(
                Text.of(said.source(), Style.STRONG), Text.of(": "), Text.of(said.answer(), styleOf(said.answer())));
        said.reason().ifPresent(reason -> row("why", reason));
        said.standsInFor().ifPresent(reason -> row("stands in for", "the source, which cannot be asked: " + reason));
        said.ageSeconds().ifPresent(age -> row("answer", "kept, " + age + " s old"));
        said.primaryAddress().ifPresent(address -> row("primary", address));
        said.targetAddress().ifPresent(address -> row("target", address));
        list("proxies", said.proxyAddresses());
        list("members", said.members());
        list("skipped", said.skipped());
    }

    private void show(Located located) {
        screen.line(Text.of("Mail for it", Style.STRONG).padded(HEADING), Text.of(located.location(), Style.STRONG));
        String line = located.decidedBy().map(place -> "  [" + place + "]").orElse("");
        row("why", located.reason() + line);
        list(
                "goes on to",
                located.members().stream()
                        .map(member -> member.address() + " (" + member.location() + ")")
                        .toList());
    }

    private void list(String name, List<String> values) {
        for (int i = 0; i < Math.min(values.size(), SHOWN); i++) {
            row(i == 0 ? name : "", values.get(i));
        }
        if (values.size() > SHOWN) {
            row("", "and " + (values.size() - SHOWN) + " more; --json has them all");
        }
    }

    private void heading(String name, String value) {
        screen.line(Text.of(name, Style.STRONG).padded(HEADING), Text.of(value));
    }

    private void row(String name, String value) {
        screen.line(Text.of(MARGIN), Text.of(name).padded(HEADING - MARGIN.length()), Text.of(value));
    }

    private static Style styleOf(String answer) {
        return switch (answer) {
            case LookupResult.FOUND -> Style.GOOD;
            case LookupResult.NOT_FOUND -> Style.BAD;
            default -> Style.WARNING;
        };
    }
}
