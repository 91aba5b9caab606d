package org.mailflow.core.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.mailflow.core.validation.ConnectorState;

/** Judges how a server fares. The health checks, WebAdmin and {@code ./mailflow status} all ask here. */
public final class StatusJudge {

    /** The health check of queues, which asks this class. */
    public static final String QUEUES_CHECK = "Mailflow queues";

    /** The health check of repositories, which asks this class. */
    public static final String REPOSITORIES_CHECK = "Mailflow repositories";

    /** The health check of certificates, which asks this class. */
    public static final String CERTIFICATES_CHECK = "Mailflow certificates";

    private static final Set<String> OWN_CHECKS = Set.of(QUEUES_CHECK, REPOSITORIES_CHECK, CERTIFICATES_CHECK);

    /** The last part of the name of the repository of deleted mail. */
    public static final String DELETED = "deleted";

    private final Thresholds thresholds;

    /** Judges by these thresholds. */
    public StatusJudge(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** Judges everything. */
    public StatusReport judge(ServerFacts facts) {
        List<Finding> findings = new ArrayList<>(facts.troubles());
        findings.addAll(queues(facts.queues(), facts.now()));
        findings.addAll(connectors(facts.connectors(), facts.queues()));
        findings.addAll(hosts(facts.hosts()));
        findings.addAll(validations(facts.validations(), facts.connectors()));
        findings.addAll(repositories(facts.repositories()));
        findings.addAll(certificates(facts.certificates(), facts.now()));
        findings.addAll(disk(facts.disk()));
        // What our own checks say of the same facts is said above, by the thresholds that were asked for.
        facts.health().stream()
                .filter(health -> health.level() != Level.OK && !isJudgedHere(health.component()))
                .map(health -> new Finding(
                        health.level(),
                        "health check " + health.component()
                                + health.cause().map(": "::concat).orElse("")))
                .forEach(findings::add);
        findings.sort(Comparator.comparing(Finding::level).reversed());
        Level level = findings.stream().map(Finding::level).reduce(Level.OK, Level::or);
        return new StatusReport(level, summary(level, facts, findings), findings, facts);
    }

    /** Judges queues. */
    public List<Finding> queues(List<QueueSummary> queues, Instant now) {
        List<Finding> findings = new ArrayList<>();
        for (QueueSummary queue : queues) {
            if (!queue.read()) {
                findings.add(new Finding(Level.CRITICAL, "queue " + queue.queue() + " is not read"));
            }
            if (queue.onHold()) {
                findings.add(new Finding(
                        Level.WARNING, "queue " + queue.queue() + " is on hold with " + queue.length() + " mails"));
            }
            Level length = thresholds.queueLength().ofRising(queue.length());
            if (length != Level.OK) {
                findings.add(new Finding(
                        length,
                        "queue " + queue.queue() + " has " + queue.length() + " mails"
                                + queue.lastReply()
                                        .map(reply -> "; last reply: " + reply)
                                        .orElse("")));
            }
            queue.oldest().ifPresent(oldest -> {
                Duration age = Duration.between(oldest, now);
                Level level = thresholds.oldestMail().ofRising(age);
                if (level != Level.OK) {
                    findings.add(new Finding(
                            level, "queue " + queue.queue() + " has a mail that is " + Ages.text(age) + " old"));
                }
            });
        }
        return findings;
    }

    /** Judges connectors: one whose last attempt failed while mail waits for it. */
    private static List<Finding> connectors(List<ConnectorFigures> connectors, List<QueueSummary> queues) {
        return connectors.stream()
                .filter(ConnectorFigures::failsNow)
                .filter(connector -> queues.stream()
                        .anyMatch(
                                queue -> queue.queue().equalsIgnoreCase(connector.connector()) && queue.waiting() > 0))
                .map(connector -> new Finding(
                        Level.WARNING,
                        "connector " + connector.connector() + " fails: "
                                + connector.lastReply().orElse("no reply")))
                .toList();
    }

    /** Judges smart hosts; those of strangers' domains are their own matter. */
    private static List<Finding> hosts(List<HostFigures> hosts) {
        return hosts.stream()
                .filter(host -> host.smartHost() && host.state() == HostFigures.State.LEFT_ALONE)
                .map(host -> new Finding(
                        host.refusesAccount() ? Level.CRITICAL : Level.WARNING,
                        "host " + host.host() + " of connector " + host.connector() + " is left alone: "
                                + host.reason().orElse("no reason")))
                .toList();
    }

    /** Judges validations: one that went wrong, and neither was the connector changed since nor did mail leave by it. */
    private static List<Finding> validations(List<ConnectorState> validations, List<ConnectorFigures> connectors) {
        return validations.stream()
                .filter(state -> state.enabled() && state.hasFailed())
                .filter(state -> connectors.stream().noneMatch(figures -> hasDeliveredSince(figures, state)))
                .map(state -> new Finding(
                        Level.WARNING,
                        "connector " + state.connector() + " is not validated: "
                                + state.summary().orElse("")))
                .toList();
    }

    private static boolean hasDeliveredSince(ConnectorFigures figures, ConnectorState state) {
        return figures.connector().equalsIgnoreCase(state.connector())
                && figures.lastSuccess()
                        .filter(success -> state.lastValidationTimestamp()
                                .filter(success::isAfter)
                                .isPresent())
                        .isPresent();
    }

    /** Judges repositories: mail that stands in one waits for a person. */
    public List<Finding> repositories(List<RepositorySummary> repositories) {
        return repositories.stream()
                .filter(repository -> repository.mails() > 0 && !isOfTheOperator(repository))
                .map(repository -> new Finding(
                        Level.WARNING, "repository " + repository.url() + " holds " + repository.mails() + " mails"))
                .toList();
    }

    /** Judges certificates. */
    public List<Finding> certificates(List<CertificateTerm> certificates, Instant now) {
        List<Finding> findings = new ArrayList<>();
        for (CertificateTerm certificate : certificates) {
            long days = certificate.daysLeft(now);
            Level level = thresholds.certificateDays().ofFalling(days);
            if (level != Level.OK) {
                findings.add(new Finding(
                        level,
                        "certificate " + certificate.name()
                                + (days < 0 ? " has expired" : " is good for " + days + " more days")));
            }
            certificate
                    .trouble()
                    .map(trouble -> new Finding(
                            Level.WARNING,
                            "certificate " + certificate.name() + " cannot be renewed, the old one goes on: "
                                    + trouble))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    private List<Finding> disk(DiskSpace disk) {
        Level level = thresholds.diskPercentFree().ofFalling(disk.percentFree());
        return level == Level.OK
                ? List.of()
                : List.of(new Finding(level, disk.percentFree() + " % free in " + disk.directory()));
    }

    /** Whether a health check of this name says what this class says. */
    public static boolean isJudgedHere(String check) {
        return OWN_CHECKS.contains(check);
    }

    /** What an operator put there himself is no news to him. */
    private static boolean isOfTheOperator(RepositorySummary repository) {
        return repository.url().endsWith("/" + DELETED);
    }

    private static String summary(Level level, ServerFacts facts, List<Finding> findings) {
        long queued = facts.queues().stream().mapToLong(QueueSummary::length).sum();
        String more = findings.isEmpty()
                ? ""
                : "; " + findings.get(0).text()
                        + (findings.size() > 1 ? " (and " + (findings.size() - 1) + " more)" : "");
        return "MAILFLOW " + level + " - " + queued + " mails in "
                + facts.queues().size() + " queues" + more;
    }
}
