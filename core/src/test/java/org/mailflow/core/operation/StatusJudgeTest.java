package org.mailflow.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.validation.ConnectorState;

class StatusJudgeTest {

    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final StatusJudge judge = new StatusJudge(Thresholds.DEFAULT);

    @Test
    void isContentWithAServerThatHasNothingToTell() {
        StatusReport report = judge.judge(facts(List.of(queue(0, Duration.ZERO, false, true)), List.of(), List.of()));

        assertThat(report.level()).isEqualTo(Level.OK);
        assertThat(report.summary()).isEqualTo("MAILFLOW OK - 0 mails in 1 queues");
        assertThat(report.findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"199, OK", "200, WARNING", "1999, WARNING", "2000, CRITICAL"})
    void judgesTheLengthOfAQueue(long length, Level level) {
        StatusReport report =
                judge.judge(facts(List.of(queue(length, Duration.ZERO, false, true)), List.of(), List.of()));

        assertThat(report.level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"PT59M, OK", "PT1H, WARNING", "PT23H59M, WARNING", "P1D, CRITICAL"})
    void judgesTheAgeOfTheOldestMail(Duration age, Level level) {
        StatusReport report = judge.judge(facts(List.of(queue(1, age, false, true)), List.of(), List.of()));

        assertThat(report.level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"P31D, OK", "P30D, WARNING", "P8D, WARNING", "P7D, CRITICAL", "PT1H, CRITICAL", "-PT1H, CRITICAL"})
    void judgesHowLongACertificateIsGood(Duration left, Level level) {
        CertificateTerm term = new CertificateTerm("mail.contoso.com", NOW.plus(left), List.of(), Optional.empty());

        StatusReport report = judge.judge(facts(List.of(), List.of(), List.of(term)));

        assertThat(report.level()).isEqualTo(level);
        assertThat(term.daysLeft(NOW)).isEqualTo(left.isNegative() ? -1 : left.toDays());
    }

    @ParameterizedTest
    @CsvSource({
        "true,  LEFT_ALONE, cannot connect: Connection refused,         WARNING",
        "true,  LEFT_ALONE, cannot log on as relay: 535 Wrong password, CRITICAL",
        "true,  RECOVERING, cannot connect: Connection refused,         OK",
        "false, LEFT_ALONE, cannot connect: Connection refused,         OK"
    })
    void judgesHostsInTrouble(boolean smartHost, HostFigures.State state, String reason, Level level) {
        HostFigures host = new HostFigures(
                "contoso/Partner",
                "[192.0.2.1]:25",
                smartHost,
                state,
                NOW,
                0,
                Optional.of(reason),
                Optional.of(NOW.plusSeconds(30)));

        StatusReport report = judge.judge(facts(List.of(), List.of(host), List.of(), List.of(), List.of(), List.of()));

        assertThat(report.level()).isEqualTo(level);
        assertThat(report.findings()).allSatisfy(finding -> assertThat(finding.text())
                .isEqualTo("host [192.0.2.1]:25 of connector contoso/Partner is left alone: " + reason));
    }

    @Test
    void tellsTheWorstFirst() {
        StatusReport report = judge.judge(facts(
                List.of(queue(3, Duration.ZERO, true, true), queue(0, Duration.ZERO, false, false)),
                List.of(new RepositorySummary("jpa://var/mail/error", 2)),
                List.of()));

        assertThat(report.level()).isEqualTo(Level.CRITICAL);
        assertThat(report.findings())
                .extracting(Finding::text)
                .containsExactly(
                        "queue contoso/Partner is not read",
                        "queue contoso/Partner is on hold with 3 mails",
                        "repository jpa://var/mail/error holds 2 mails");
        assertThat(report.summary())
                .isEqualTo("MAILFLOW CRITICAL - 3 mails in 2 queues; queue contoso/Partner is not read (and 2 more)");
    }

    @Test
    void leavesWhatAnOperatorDeletedAlone() {
        StatusReport report =
                judge.judge(facts(List.of(), List.of(new RepositorySummary("jpa://var/mail/deleted", 2)), List.of()));

        assertThat(report.level()).isEqualTo(Level.OK);
    }

    @Test
    void tellsOfEveryHealthCheckThatItDoesNotJudgeItself() {
        Health directories = new Health(
                "Mailflow recipient directories", Level.WARNING, Optional.of("ldap corp: connection refused"));

        StatusReport report = judge.judge(facts(List.of(), List.of(), List.of(), List.of(directories), List.of()));

        assertThat(report.findings())
                .containsExactly(new Finding(
                        Level.WARNING, "health check Mailflow recipient directories: ldap corp: connection refused"));
    }

    @Test
    void tellsWhatCouldNotBeLookedAtAndWhatCannotBeRenewed() {
        CertificateTerm term = new CertificateTerm(
                "mail.contoso.com", NOW.plus(Duration.ofDays(90)), List.of(), Optional.of("mail.pem is half a file"));
        Finding trouble = new Finding(Level.CRITICAL, "the queues cannot be looked into: the store is closed");

        StatusReport report = judge.judge(facts(List.of(), List.of(), List.of(term), List.of(), List.of(trouble)));

        assertThat(report.findings())
                .containsExactly(
                        trouble,
                        new Finding(
                                Level.WARNING,
                                "certificate mail.contoso.com cannot be renewed, the old one goes on: mail.pem is half"
                                        + " a file"));
    }

    @ParameterizedTest
    @CsvSource({
        "true,  false, false, ,      WARNING",
        "true,  false, false, -PT1H, WARNING",
        "true,  false, false, PT1H,  OK",
        "true,  false, true,  ,      OK",
        "false, false, false, ,      OK",
        "true,  true,  false, ,      OK"
    })
    void warnsOfAValidationThatFailedUntilTheConnectorIsChangedOrDelivers(
            boolean enabled, boolean validated, boolean changed, Duration lastSuccess, Level level) {
        Instant at = NOW.minus(Duration.ofHours(2));
        ConnectorState state = new ConnectorState(
                "contoso/Partner", enabled, validated, Optional.of(at), Optional.of("0 of 1 host takes mail"), changed);
        ConnectorFigures none = ConnectorFigures.none("contoso/Partner");
        ConnectorFigures figures = new ConnectorFigures(
                none.connector(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                Optional.ofNullable(lastSuccess).map(at::plus),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        StatusReport report = judge.judge(facts(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(figures), List.of(state)));

        assertThat(report.level()).isEqualTo(level);
        assertThat(report.findings())
                .isEqualTo(
                        level == Level.OK
                                ? List.of()
                                : List.of(new Finding(
                                        level, "connector contoso/Partner is not validated: 0 of 1 host takes mail")));
    }

    private static QueueSummary queue(long waiting, Duration age, boolean onHold, boolean read) {
        return new QueueSummary(
                "contoso/Partner",
                QueueKind.CONNECTOR,
                onHold,
                read,
                0,
                waiting,
                0,
                7,
                0,
                waiting == 0 ? Optional.empty() : Optional.of(NOW.minus(age)),
                Optional.empty(),
                Optional.empty());
    }

    private static ServerFacts facts(
            List<QueueSummary> queues, List<RepositorySummary> repositories, List<CertificateTerm> certificates) {
        Health own = new Health(StatusJudge.QUEUES_CHECK, Level.CRITICAL, Optional.of("said above"));
        return facts(queues, repositories, certificates, List.of(own), List.of());
    }

    private static ServerFacts facts(
            List<QueueSummary> queues,
            List<RepositorySummary> repositories,
            List<CertificateTerm> certificates,
            List<Health> health,
            List<Finding> troubles) {
        return facts(queues, List.of(), repositories, certificates, health, troubles);
    }

    private static ServerFacts facts(
            List<QueueSummary> queues,
            List<HostFigures> hosts,
            List<RepositorySummary> repositories,
            List<CertificateTerm> certificates,
            List<Health> health,
            List<Finding> troubles) {
        return facts(queues, hosts, repositories, certificates, health, troubles, List.of(), List.of());
    }

    private static ServerFacts facts(
            List<QueueSummary> queues,
            List<HostFigures> hosts,
            List<RepositorySummary> repositories,
            List<CertificateTerm> certificates,
            List<Health> health,
            List<Finding> troubles,
            List<ConnectorFigures> connectors,
            List<ConnectorState> validations) {
        return new ServerFacts(
                NOW,
                "mailflow 1",
                "mail.contoso.com",
                NOW,
                1,
                NOW,
                0,
                queues,
                NOW,
                connectors,
                hosts,
                validations,
                new SessionFigures(0, Map.of()),
                repositories,
                certificates,
                health,
                new DiskSpace("/data", 50, 100),
                troubles);
    }
}
