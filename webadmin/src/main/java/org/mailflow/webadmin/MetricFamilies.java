package org.mailflow.webadmin;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mailflow.core.operation.ConnectorFigures;
import org.mailflow.core.operation.HostFigures;
import org.mailflow.core.operation.QueueSummary;
import org.mailflow.core.operation.ServerFacts;

/** The figures of a server as metrics. Names and labels are public: dashboards and alerts are built on them. */
final class MetricFamilies {

    private static final String CONNECTOR = "connector";
    private static final String QUEUE = "queue";

    private final ServerFacts facts;
    private final List<MetricFamilySamples> families = new ArrayList<>();

    private MetricFamilies(ServerFacts facts) {
        this.facts = facts;
    }

    static List<MetricFamilySamples> of(ServerFacts facts) {
        MetricFamilies metrics = new MetricFamilies(facts);
        metrics.server();
        metrics.queues();
        metrics.connectors();
        metrics.sessions();
        metrics.stores();
        return List.copyOf(metrics.families);
    }

    private void server() {
        one("mailflow_uptime_seconds", "Seconds since the server was started.", seconds(facts.startedAt()));
        one(
                "mailflow_configuration_loaded_timestamp_seconds",
                "When the configuration that runs was loaded.",
                facts.loadedAt().getEpochSecond());
        one("mailflow_configuration_warnings", "Warnings of the configuration that runs.", facts.warnings());
        one(
                "mailflow_disk_free_bytes",
                "Bytes free in the data directory's file system.",
                facts.disk().free());
        one(
                "mailflow_disk_total_bytes",
                "Bytes of the data directory's file system.",
                facts.disk().total());
        family(
                Collector.Type.GAUGE,
                "mailflow_health",
                "What a health check says: 0 well, 1 degraded, 2 unhealthy.",
                List.of("component"),
                facts.health(),
                health -> List.of(health.component()),
                health -> health.level().exitCode());
    }

    private void queues() {
        List<Sample> mails = new ArrayList<>();
        for (QueueSummary queue : facts.queues()) {
            mails.add(sample(
                    "mailflow_queue_mails", List.of(QUEUE, "state"), List.of(queue.queue(), "ready"), queue.ready()));
            mails.add(sample(
                    "mailflow_queue_mails",
                    List.of(QUEUE, "state"),
                    List.of(queue.queue(), "waiting"),
                    queue.waiting()));
            mails.add(sample(
                    "mailflow_queue_mails",
                    List.of(QUEUE, "state"),
                    List.of(queue.queue(), "in_delivery"),
                    queue.inDelivery()));
            mails.add(sample(
                    "mailflow_queue_mails", List.of(QUEUE, "state"), List.of(queue.queue(), "held"), queue.held()));
        }
        families.add(new MetricFamilySamples("mailflow_queue_mails", Collector.Type.GAUGE, "Mails in a queue.", mails));
        ofQueues("mailflow_queue_bytes", "Bytes of all mails of a queue.", QueueSummary::size);
        ofQueues(
                "mailflow_queue_oldest_seconds",
                "Age of the oldest mail of a queue; 0 where it is empty.",
                queue -> queue.oldest().map(this::seconds).orElse(0.0));
        ofQueues("mailflow_queue_on_hold", "1 where an operator holds the queue.", queue -> queue.onHold() ? 1 : 0);
        ofQueues("mailflow_queue_read", "1 where somebody reads the queue.", queue -> queue.read() ? 1 : 0);
    }

    private void ofQueues(String name, String help, Function<QueueSummary, Number> value) {
        family(
                Collector.Type.GAUGE,
                name,
                help,
                List.of(QUEUE),
                facts.queues(),
                queue -> List.of(queue.queue()),
                value);
    }

    private void connectors() {
        counter("mailflow_connector_delivered", "Recipients whose copy was handed over.", ConnectorFigures::delivered);
        counter("mailflow_connector_deferred", "Recipients to be tried again, each time.", ConnectorFigures::deferred);
        counter("mailflow_connector_failed", "Recipients whose copy was returned.", ConnectorFigures::failed);
        counter(
                "mailflow_connector_connections",
                "Sessions that got as far as taking mail.",
                ConnectorFigures::connections);
        counter(
                "mailflow_connector_connection_failures",
                "Next hops that did not get as far as taking mail.",
                ConnectorFigures::connectionFailures);
        counter("mailflow_connector_tls_failures", "Those of them that failed for TLS.", ConnectorFigures::tlsFailures);
        List<Sample> seconds = new ArrayList<>();
        List<Sample> versions = new ArrayList<>();
        for (ConnectorFigures connector : facts.connectors()) {
            List<String> label = List.of(connector.connector());
            seconds.add(sample(
                    "mailflow_connector_attempt_seconds_count", List.of(CONNECTOR), label, connector.attempts()));
            seconds.add(sample(
                    "mailflow_connector_attempt_seconds_sum", List.of(CONNECTOR), label, connector.attemptSeconds()));
            connector
                    .tlsVersions()
                    .forEach((version, count) -> versions.add(sample(
                            "mailflow_connector_delivered_by_tls_total",
                            List.of(CONNECTOR, "version"),
                            List.of(connector.connector(), version),
                            count)));
        }
        families.add(new MetricFamilySamples(
                "mailflow_connector_attempt_seconds",
                Collector.Type.SUMMARY,
                "Attempts to hand over a mail.",
                seconds));
        families.add(new MetricFamilySamples(
                "mailflow_connector_delivered_by_tls",
                Collector.Type.COUNTER,
                "Recipients whose copy was handed over, by TLS version.",
                versions));
        timestamp(
                "mailflow_connector_last_success_timestamp_seconds",
                "When a copy was last handed over.",
                ConnectorFigures::lastSuccess);
        timestamp(
                "mailflow_connector_last_failure_timestamp_seconds",
                "When an attempt last failed.",
                ConnectorFigures::lastFailure);
        hosts("mailflow_host_sessions", "Mails that are at a next hop.", HostFigures::sessions);
        hosts(
                "mailflow_host_left_alone",
                "1 where a next hop is left alone after troubles in a row.",
                host -> host.state() == HostFigures.State.LEFT_ALONE ? 1 : 0);
    }

    /** Smart hosts alone: those of strangers' domains are without number. */
    private void hosts(String name, String help, Function<HostFigures, Number> value) {
        family(
                Collector.Type.GAUGE,
                name,
                help,
                List.of(CONNECTOR, "host"),
                facts.hosts().stream().filter(HostFigures::smartHost).toList(),
                host -> List.of(host.connector(), host.host()),
                value);
    }

    private void counter(String name, String help, Function<ConnectorFigures, Number> value) {
        List<Sample> samples = facts.connectors().stream()
                .map(connector -> sample(
                        name + "_total", List.of(CONNECTOR), List.of(connector.connector()), value.apply(connector)))
                .toList();
        families.add(new MetricFamilySamples(name, Collector.Type.COUNTER, help, samples));
    }

    private void timestamp(String name, String help, Function<ConnectorFigures, Optional<Instant>> when) {
        List<ConnectorFigures> known = facts.connectors().stream()
                .filter(connector -> when.apply(connector).isPresent())
                .toList();
        family(
                Collector.Type.GAUGE,
                name,
                help,
                List.of(CONNECTOR),
                known,
                connector -> List.of(connector.connector()),
                connector -> when.apply(connector).map(Instant::getEpochSecond).orElse(0L));
    }

    private void sessions() {
        families.add(new MetricFamilySamples(
                "mailflow_smtp_accepted",
                Collector.Type.COUNTER,
                "Mails that were answered with 250.",
                List.of(sample(
                        "mailflow_smtp_accepted_total",
                        List.of(),
                        List.of(),
                        facts.sessions().accepted()))));
        List<Sample> refused = new ArrayList<>();
        facts.sessions()
                .refused()
                .forEach((code, count) ->
                        refused.add(sample("mailflow_smtp_refused_total", List.of("code"), List.of(code), count)));
        families.add(new MetricFamilySamples(
                "mailflow_smtp_refused",
                Collector.Type.COUNTER,
                "Recipients and mails that were refused, by reply code.",
                refused));
    }

    private void stores() {
        family(
                Collector.Type.GAUGE,
                "mailflow_repository_mails",
                "Mails that stand in a repository.",
                List.of("repository"),
                facts.repositories(),
                repository -> List.of(repository.url()),
                repository -> repository.mails());
        family(
                Collector.Type.GAUGE,
                "mailflow_certificate_days_left",
                "Whole days that a certificate is still good for.",
                List.of("certificate"),
                facts.certificates(),
                certificate -> List.of(certificate.name()),
                certificate -> certificate.daysLeft(facts.now()));
    }

    private void one(String name, String help, Number value) {
        families.add(new MetricFamilySamples(
                name, Collector.Type.GAUGE, help, List.of(sample(name, List.of(), List.of(), value))));
    }

    private <T> void family(
            Collector.Type type,
            String name,
            String help,
            List<String> labels,
            List<T> things,
            Function<T, List<String>> values,
            Function<T, Number> figure) {
        families.add(new MetricFamilySamples(
                name,
                type,
                help,
                things.stream()
                        .map(thing -> sample(name, labels, values.apply(thing), figure.apply(thing)))
                        .toList()));
    }

    private static Sample sample(String name, List<String> labels, List<String> values, Number value) {
        return new Sample(name, labels, values, value.doubleValue());
    }

    private double seconds(Instant since) {
        return Duration.between(since, facts.now()).toMillis() / 1e3;
    }
}
