package org.mailflow.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailflow.core.operation.Ages;
import org.mailflow.core.operation.CertificateTerm;
import org.mailflow.core.operation.ConnectorFigures;
import org.mailflow.core.operation.Finding;
import org.mailflow.core.operation.Health;
import org.mailflow.core.operation.HostFigures;
import org.mailflow.core.operation.Level;
import org.mailflow.core.operation.RepositorySummary;
import org.mailflow.core.operation.ServerFacts;
import org.mailflow.core.operation.StatusReport;
import org.mailflow.core.validation.ConnectorState;

/** Shows how a server fares on one screen: the summary first, then what is wrong, then everything. */
final class StatusView {

    private static final String MARGIN = "  ";
    private static final int HEADING = 14;

    private final Screen screen;

    StatusView(Screen screen) {
        this.screen = screen;
    }

    void show(StatusReport report) {
        screen.line(Text.of(report.summary(), style(report.level())));
        for (Finding finding : report.findings()) {
            screen.line(
                    Text.of(MARGIN),
                    Text.of(finding.level().name().toLowerCase(Locale.ROOT), style(finding.level()))
                            .padded(10),
                    Text.of(finding.text()));
        }
        ServerFacts facts = report.facts();
        screen.line();
        heading(
                "Server",
                facts.server() + ", " + facts.version() + ", up "
                        + Ages.text(Duration.between(facts.startedAt(), facts.now())));
        heading(
                "Configuration",
                "generation " + facts.generation() + ", loaded "
                        + Ages.text(Duration.between(facts.loadedAt(), facts.now())) + " ago, " + facts.warnings()
                        + (facts.warnings() == 1 ? " warning" : " warnings"));
        heading(
                "Disk",
                facts.disk().percentFree() + " % (" + Sizes.text(facts.disk().free()) + ") free in "
                        + facts.disk().directory());
        heading(
                "SMTP",
                facts.sessions().accepted() + " mails accepted, "
                        + facts.sessions().refused().values().stream()
                                .mapToLong(Long::longValue)
                                .sum() + " refusals");
        heading("Queues", "looked into " + Ages.text(Duration.between(facts.queuesLookedAt(), facts.now())) + " ago");
        screen.line();
        new QueueView(screen, facts.now()).list(facts.queues());
        connectors(facts.connectors(), facts.now());
        hosts(facts.hosts(), facts.now());
        validations(facts.validations(), facts.now());
        repositories(facts.repositories());
        certificates(facts.certificates(), facts.now());
        health(facts.health());
    }

    private void heading(String name, String value) {
        screen.line(Text.of(name, Style.STRONG).padded(HEADING), Text.of(value));
    }

    private void connectors(List<ConnectorFigures> connectors, Instant now) {
        if (connectors.isEmpty()) {
            return;
        }
        screen.line();
        Table table = new Table("CONNECTOR", "DELIVERED", "DEFERRED", "FAILED", "LAST SUCCESS", "LAST FAILURE", "PEER");
        connectors.forEach(connector -> table.row(
                Text.of(connector.connector()),
                Text.of(Long.toString(connector.delivered())),
                Text.of(Long.toString(connector.deferred())),
                Text.of(Long.toString(connector.failed())),
                Text.of(ago(connector.lastSuccess(), now), connector.failsNow() ? Style.PLAIN : Style.GOOD),
                Text.of(ago(connector.lastFailure(), now), connector.failsNow() ? Style.BAD : Style.PLAIN),
                Text.of(connector.lastPeer().orElse("-"))));
        table.show(screen);
    }

    private void hosts(List<HostFigures> hosts, Instant now) {
        if (hosts.isEmpty()) {
            return;
        }
        screen.line();
        Table table = new Table("HOST", "CONNECTOR", "STATE", "SINCE", "SESSIONS", "LAST TROUBLE");
        hosts.forEach(host -> table.row(
                Text.of(host.host()),
                Text.of(host.connector()),
                Text.of(host.state().name().toLowerCase(Locale.ROOT).replace('_', ' '), style(host.state())),
                Text.of(ago(Optional.of(host.since()), now)),
                Text.of(Integer.toString(host.sessions())),
                Text.of(host.reason().orElse("-"))));
        table.show(screen);
    }

    private static Style style(HostFigures.State state) {
        return switch (state) {
            case WELL -> Style.GOOD;
            case RECOVERING -> Style.WARNING;
            case LEFT_ALONE -> Style.BAD;
        };
    }

    private void validations(List<ConnectorState> validations, Instant now) {
        if (validations.isEmpty()) {
            return;
        }
        screen.line();
        Table table = new Table("CONNECTOR", "VALIDATED", "LAST VALIDATION", "OUTCOME");
        validations.forEach(state -> table.row(
                Text.of(state.connector()),
                Text.of(state.isValidated() ? "yes" : "no", state.hasFailed() ? Style.BAD : Style.PLAIN),
                Text.of(ago(state.lastValidationTimestamp(), now)),
                Text.of((state.enabled() ? "" : "disabled; ")
                        + (state.changedSince() ? "changed since; " : "")
                        + state.summary().orElse("never validated"))));
        table.show(screen);
    }

    private void repositories(List<RepositorySummary> repositories) {
        List<RepositorySummary> filled = repositories.stream()
                .filter(repository -> repository.mails() > 0)
                .toList();
        if (filled.isEmpty()) {
            return;
        }
        screen.line();
        Table table = new Table("MAILS", "REPOSITORY");
        filled.forEach(repository -> table.row(Text.of(Long.toString(repository.mails())), Text.of(repository.url())));
        table.show(screen);
    }

    private void certificates(List<CertificateTerm> certificates, Instant now) {
        screen.line();
        Table table = new Table("DAYS LEFT", "CERTIFICATE", "USED BY");
        certificates.forEach(certificate -> table.row(
                Text.of(Long.toString(certificate.daysLeft(now))),
                Text.of(certificate.name()),
                Text.of(String.join(", ", certificate.usedBy()))));
        table.show(screen);
    }

    private void health(List<Health> health) {
        screen.line();
        long well = health.stream().filter(check -> check.level() == Level.OK).count();
        heading("Health checks", well + " of " + health.size() + " well");
    }

    private static String ago(Optional<Instant> then, Instant now) {
        return then.map(when -> Ages.text(Duration.between(when, now)) + " ago").orElse("-");
    }

    private static Style style(Level level) {
        return switch (level) {
            case OK -> Style.GOOD;
            case WARNING -> Style.WARNING;
            case CRITICAL, UNKNOWN -> Style.BAD;
        };
    }
}
