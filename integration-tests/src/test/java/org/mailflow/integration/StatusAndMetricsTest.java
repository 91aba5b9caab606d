package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.ConnectorFigures;
import org.mailflow.core.operation.Level;
import org.mailflow.core.operation.StatusReport;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpStage;

/** What people and monitoring learn of a running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusAndMetricsTest {

    private static final Pattern METRIC = Pattern.compile("mailflow_[a-z_]+");

    /** https://prometheus.io/docs/instrumenting/exposition_formats/, text format 0.0.4. */
    private static final Pattern SAMPLE = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*"
            + "(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\\n]|\\\\[\\\\n\"])*\",?)*\\})?"
            + " (NaN|[+-]Inf|[-+]?[0-9.]+([eE][-+]?[0-9]+)?)");

    private static final Pattern COMMENT = Pattern.compile(
            "# (HELP [a-zA-Z_:][a-zA-Z0-9_:]* .+|TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (counter|gauge|summary))");

    private final JsonTexts json = new JsonTexts();
    private OperatedServer operated;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        operated = new OperatedServer(directory);
        TestMail good = operated.send("bob@fabrikam.test");
        await().atMost(OperatedServer.PATIENCE)
                .untilAsserted(() -> assertThat(good.at(operated.fabrikam())).hasSize(1));
        operated.other().on(SmtpStage.MAIL).reply("451 4.3.0 Later");
        operated.send("ann@other.test", "ben@other.test");
        try (SmtpDialogue stranger = operated.server().connect(Contoso.STRANGER)) {
            stranger.send("MAIL FROM:<x@elsewhere.test>");
            stranger.send("RCPT TO:<y@elsewhere.test>");
        }
        await().atMost(OperatedServer.PATIENCE)
                .until(() -> figures("contoso/Other").deferred() == 2
                        && figures("contoso/Fabrikam").delivered() == 1);
        // Queues are looked into now and then.
        await().atMost(OperatedServer.PATIENCE).until(() -> report().facts().queues().stream()
                .anyMatch(queue -> queue.queue().equals("contoso/Other") && queue.waiting() == 1));
    }

    @AfterAll
    void stop() throws Exception {
        operated.close();
    }

    @Test
    void reportsQueuesConnectorsCertificatesAndDisk() throws Exception {
        StatusReport report = report();

        assertThat(report.facts().server()).isEqualTo("mail.contoso.com");
        assertThat(report.facts().version()).startsWith("mailflow ");
        assertThat(report.facts().queues())
                .filteredOn(queue -> queue.queue().equals("contoso/Other"))
                .singleElement()
                .satisfies(queue -> assertThat(queue.waiting()).isEqualTo(1));
        assertThat(figures("contoso/Fabrikam")).satisfies(connector -> {
            assertThat(connector.delivered()).isEqualTo(1);
            assertThat(connector.attempts()).isEqualTo(1);
            assertThat(connector.connections()).isEqualTo(1);
            assertThat(connector.lastPeer())
                    .hasValueSatisfying(peer -> assertThat(peer).contains("in clear text"));
            assertThat(connector.failsNow()).isFalse();
        });
        assertThat(figures("contoso/Other").failsNow()).isTrue();
        assertThat(report.facts().sessions().accepted()).isEqualTo(2);
        assertThat(report.facts().sessions().refused()).containsEntry("550", 1L);
        assertThat(report.facts().certificates()).hasSize(2).allSatisfy(certificate -> assertThat(
                        certificate.daysLeft(report.facts().now()))
                .isPositive());
        assertThat(report.facts().disk().free()).isPositive();
        assertThat(report.findings())
                .anySatisfy(finding -> assertThat(finding.text()).startsWith("connector contoso/Other fails: "));
    }

    @Test
    void answersMonitoringWithALineAndAnExitCode() throws Exception {
        CommandRun calm = operated.run("status", "--certificate-days", "0,0", "--disk-free", "0,0");
        CommandRun critical = operated.run("status", "--queue-length", "1,1");
        CommandRun wrong = operated.run("status", "--oldest-mail", "soon");
        CommandRun nobody = CommandRun.of("status", "--url", "http://127.0.0.1:1", "--token", "none");

        assertThat(calm.exitCode()).as(calm.out()).isEqualTo(Level.WARNING.exitCode());
        assertThat(calm.out()).startsWith("MAILFLOW WARNING - 1 mails in 4 queues; connector contoso/Other fails: ");
        assertThat(critical.exitCode()).isEqualTo(Level.CRITICAL.exitCode());
        assertThat(critical.out()).startsWith("MAILFLOW CRITICAL - ");
        assertThat(wrong.exitCode()).isEqualTo(Level.UNKNOWN.exitCode());
        assertThat(wrong.out()).startsWith("MAILFLOW UNKNOWN - --oldest-mail: 'soon'");
        assertThat(nobody.exitCode()).isEqualTo(Level.UNKNOWN.exitCode());
        assertThat(nobody.out()).startsWith("MAILFLOW UNKNOWN - no server answers at http://127.0.0.1:1");
    }

    @Test
    void writesMetricsThatPrometheusReads() throws Exception {
        HttpResponse<String> answer = operated.webAdmin().get("/mailflow/metrics");
        List<String> lines = answer.body().lines().toList();
        List<String> samples =
                lines.stream().filter(line -> !line.startsWith("#")).toList();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("text/plain").contains("version=0.0.4"));
        assertThat(lines).allSatisfy(line -> assertThat(line).matches(line.startsWith("#") ? COMMENT : SAMPLE));
        assertThat(answer.body()).endsWith("\n");
        Set<String> series = new HashSet<>();
        assertThat(samples).allSatisfy(line -> assertThat(series.add(line.substring(0, line.lastIndexOf(' '))))
                .as("only once: %s", line)
                .isTrue());
        assertThat(lines)
                .contains(
                        "# TYPE mailflow_connector_delivered_total counter",
                        "mailflow_queue_mails{queue=\"contoso/Other\",state=\"waiting\",} 1.0",
                        "mailflow_connector_delivered_total{connector=\"contoso/Fabrikam\",} 1.0",
                        "mailflow_connector_deferred_total{connector=\"contoso/Other\",} 2.0",
                        "mailflow_connector_attempt_seconds_count{connector=\"contoso/Fabrikam\",} 1.0",
                        "mailflow_connector_delivered_by_tls_total{connector=\"contoso/Fabrikam\",version=\"none\",} 1.0",
                        "mailflow_smtp_accepted_total 2.0",
                        "mailflow_smtp_refused_total{code=\"550\",} 1.0");
        assertThat(samples).anySatisfy(line -> assertThat(line)
                .startsWith("mailflow_certificate_days_left{certificate=\"mail.contoso.com\",} "));
    }

    @Test
    void hasTheMetricsOfTheirPageAndNoOthers() throws Exception {
        String answer = operated.webAdmin().get("/mailflow/metrics").body();
        String page = Files.readString(Path.of("..", "docs", "routes", "MetricsRoutes.md"));

        Set<String> families = answer.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = page.lines()
                .filter(line -> line.startsWith("| `mailflow_"))
                .flatMap(line -> METRIC.matcher(line).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(families).isEqualTo(documented);
    }

    @Test
    void examinesItselfForJames() throws Exception {
        HttpResponse<String> answer = operated.webAdmin().get("/healthcheck");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Mailflow queues", "Mailflow repositories", "Mailflow certificates");
        assertThat(operated.webAdmin()
                        .get("/healthcheck/checks/Mailflow%20queues")
                        .body())
                .contains("\"status\":\"healthy\"");
    }

    private StatusReport report() throws Exception {
        return json.read(operated.webAdmin().get("/mailflow/status").body(), StatusReport.class);
    }

    private ConnectorFigures figures(String connector) throws Exception {
        return report().facts().connectors().stream()
                .filter(figures -> figures.connector().equals(connector))
                .findFirst()
                .orElseGet(() -> ConnectorFigures.none(connector));
    }
}
