package org.mailflow.assembly.demo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailflow.cli.Screen;
import org.mailflow.cli.Style;
import org.mailflow.cli.Text;

/** Shows a report to a person: each flow, each copy of its mail, each hop of the copy. */
final class ReportView {

    private static final String MARGIN = "    ";
    private static final String HOP_MARGIN = "        ";
    private static final String DETAIL_MARGIN = "            ";

    private final Screen screen;

    ReportView(Screen screen) {
        this.screen = screen;
    }

    /** Shows everything. */
    void show(DemoReport report) {
        report.flows().forEach(this::show);
        long passed = report.flows().stream().filter(FlowResult::passed).count();
        screen.line(Text.of(
                passed + " of " + report.flows().size() + " flows passed", report.passed() ? Style.GOOD : Style.BAD));
        report.directory().ifPresent(directory -> screen.line("Configuration, data and logs are in " + directory));
    }

    private void show(FlowResult flow) {
        screen.line(
                Text.of(flow.flow() + "  ", Style.STRONG),
                Text.of(flow.passed() ? "passed" : "FAILED", flow.passed() ? Style.GOOD : Style.BAD),
                Text.of("  " + flow.title(), Style.STRONG),
                Text.of(String.format(Locale.ROOT, "  %.1f s", flow.milliseconds() / 1000.0), Style.DIM));
        screen.line(MARGIN + flow.sender() + " writes to " + String.join(" and ", flow.recipients()));
        flow.copies().forEach(this::show);
        flow.reasons().forEach(reason -> why(reason, Style.BAD));
        screen.line("");
    }

    /** What a server said may have several lines. */
    private void why(String reason, Style style) {
        List<String> lines = reason.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            screen.line(Text.of(MARGIN + (i == 0 ? "! " : "  ")), Text.of(lines.get(i), style));
        }
    }

    private void show(Copy copy) {
        screen.line(
                Text.of(MARGIN + "the copy of "),
                Text.of(copy.address(), Style.STRONG),
                Text.of(" is in the mailbox " + (copy.end() == Place.CPANDL ? "at " : "") + where(copy.end())));
        for (Hop hop : copy.hops()) {
            show(hop);
        }
    }

    private void show(Hop hop) {
        screen.line(
                Text.of(HOP_MARGIN + hop.from() + " -> " + hop.to()),
                Text.of("  for " + String.join(", ", hop.recipients()), Style.DIM));
        detail(hop.tlsVersion()
                .map(version -> version + ", " + hop.tlsCipher().orElse("unknown cipher"))
                .orElse("clear text"));
        Stream.of(
                        hop.outboundConnector().map(name -> "sent by outbound connector " + name),
                        hop.server().map(proof -> hop.to() + "'s certificate: " + proof),
                        hop.inboundConnector().map(name -> "taken by inbound connector " + name),
                        Optional.of(hop.from() + "'s certificate: " + hop.client())
                                .filter(any -> hop.inboundConnector().isPresent()))
                .forEach(part -> part.ifPresent(this::detail));
    }

    private void detail(String text) {
        screen.line(Text.of(DETAIL_MARGIN + text, Style.DIM));
    }

    private static String where(Place end) {
        return end == Place.CLOUD ? "in the cloud" : end.toString();
    }
}
