package org.mailflow.assembly.demo;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailflow.cli.Screen;
import org.mailflow.cli.Style;
import org.mailflow.cli.Text;

/** Shows a report to a person: a tree for each scenario, with a branch for each copy and a leaf for each hop. */
final class ReportView {

    private static final String MARGIN = "    ";
    private static final int HOP_COLUMN = 32;

    private final Screen screen;

    ReportView(Screen screen) {
        this.screen = screen;
    }

    /** Shows everything. */
    void show(DemoReport report) {
        report.flows().forEach(this::show);
        long passed = report.flows().stream().filter(ScenarioResult::passed).count();
        screen.line(
                Text.of(passed + " of " + report.flows().size() + " passed", report.passed() ? Style.GOOD : Style.BAD));
        report.directory().ifPresent(directory -> screen.line("Data and logs of the servers are in " + directory));
    }

    private void show(ScenarioResult flow) {
        screen.line(
                Text.of(flow.flow() + "  ", Style.STRONG),
                Text.of(flow.passed() ? "passed" : "FAILED", flow.passed() ? Style.GOOD : Style.BAD),
                Text.of("  " + flow.title(), Style.STRONG),
                Text.of(String.format(Locale.ROOT, "  (%.1f s)", flow.milliseconds() / 1000.0), Style.DIM));
        screen.line(MARGIN + flow.sender() + " writes to " + String.join(" and ", flow.recipients()));
        for (Iterator<Copy> copies = flow.copies().iterator(); copies.hasNext(); ) {
            Copy copy = copies.next();
            show(copy, copies.hasNext());
        }
        flow.findings().forEach(finding -> lines(finding, "* ", Style.PLAIN));
        flow.reasons().forEach(reason -> lines(reason, "! ", Style.BAD));
        screen.line("");
    }

    /** What a server said may have several lines. */
    private void lines(String text, String bullet, Style style) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            screen.line(Text.of(MARGIN + (i == 0 ? bullet : "  ")), Text.of(lines.get(i), style));
        }
    }

    private void show(Copy copy, boolean another) {
        screen.line(
                Text.of(MARGIN + (another ? "|-- " : "`-- ")),
                Text.of(copy.address(), Style.STRONG),
                Text.of(" has it in the mailbox " + where(copy.end())));
        String margin = MARGIN + (another ? "|   " : "    ");
        copy.hops().forEach(hop -> show(hop, margin));
    }

    private void show(Hop hop, String margin) {
        screen.line(
                Text.of(margin),
                Text.of(hop.toString()).padded(HOP_COLUMN),
                Text.of(security(hop), hop.tlsVersion().isPresent() ? Style.PLAIN : Style.WARNING));
        for (String detail : details(hop)) {
            screen.line(Text.of(margin + " ".repeat(HOP_COLUMN)), Text.of(detail, Style.DIM));
        }
    }

    private static String security(Hop hop) {
        return hop.tlsVersion()
                .map(version ->
                        version + hop.tlsCipher().map(cipher -> ", " + cipher).orElse(""))
                .orElse("clear text");
    }

    /** For whom, and what each end knows of the other. */
    private static List<String> details(Hop hop) {
        List<String> details = new ArrayList<>();
        details.add("for " + String.join(", ", hop.recipients()));
        hop.server()
                .map(identity ->
                        known(hop.from(), hop.outboundConnector().map(name -> "connector '" + name + "'"), identity))
                .ifPresent(details::add);
        hop.client()
                .map(identity ->
                        known(hop.to(), hop.inboundConnector().map(name -> "connector '" + name + "'"), identity))
                .ifPresent(details::add);
        return details;
    }

    private static String known(Place end, Optional<String> connector, String identity) {
        return end + ": " + connector.map(name -> name + ", ").orElse("") + "peer " + plain(identity);
    }

    /** {@code verified [mail.contoso.com]} without the brackets of a list. */
    private static String plain(String identity) {
        return identity.equals("no certificate") ? "without certificate" : identity.replaceFirst("\\[([^\\]]*)]", "$1");
    }

    private static String where(Place end) {
        return switch (end) {
            case CLOUD -> "in the cloud";
            case CPANDL -> "at cpandl.com";
            default -> end.toString();
        };
    }
}
