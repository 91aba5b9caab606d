package org.mailflow.delivery;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.mailet.Mail;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.validation.CertificateSteps;
import org.mailflow.core.validation.ConnectorValidation;
import org.mailflow.core.validation.HostReport;
import org.mailflow.core.validation.NextHopReport;
import org.mailflow.core.validation.Remedies;
import org.mailflow.core.validation.Stage;
import org.mailflow.core.validation.Step;
import org.mailflow.core.validation.TlsDemand;
import org.mailflow.core.validation.ValidationPlan;
import org.mailflow.core.validation.ValidationPlan.Target;

/**
 * Tries the next hops of a connector with the delivery's own means: what is told of a host is what a mail would meet. No mail
 * is handed over.
 */
public final class ConnectorProbe {

    private static final int AT_ONCE = 8;
    private static final int MOST_HOSTS = 50;
    private static final ThreadFactory THREADS = new ThreadFactoryBuilder()
            .setNameFormat("mailflow-validation-%d")
            .setDaemon(true)
            .build();

    private final Names names;
    private final DeliverySettings settings;
    private final Clock clock;

    /** Tries hosts that it finds by these names. */
    public ConnectorProbe(Names names, DeliverySettings settings, Clock clock) {
        this.names = names;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Tries a connector; it takes as long as its hosts do.
     *
     * @param mailflow the snapshot that the connector is of
     */
    public ConnectorValidation run(Mailflow mailflow, ValidationPlan plan) {
        ConnectorPolicy policy = ConnectorPolicy.of(mailflow, plan.organization(), plan.connector());
        List<Step> notes = new ArrayList<>(plan.notes());
        List<NextHopReport> reports = List.of();
        if (policy.tls().isPresent()) {
            reports = ask(mailflow, plan, policy, policy.tls().get());
        } else {
            notes.add(Step.failed(
                    Stage.TLS,
                    "the certificate specified in TlsCertificateName of the connector could not be found",
                    "Add the certificate to <server>, or name another; until then no mail leaves"));
        }
        return ConnectorValidation.of(plan, clock.instant(), notes, reports);
    }

    private List<NextHopReport> ask(Mailflow mailflow, ValidationPlan plan, ConnectorPolicy policy, OutboundTls tls) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(THREADS);
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, THREADS);
        try {
            List<Asked> asked = plan.targets().stream()
                    .map(target -> ask(mailflow, plan, policy, tls, target, timer, workers))
                    .toList();
            return asked.stream().map(Asked::report).toList();
        } finally {
            workers.shutdownNow();
            timer.shutdownNow();
        }
    }

    /** A next hop whose hosts are being asked. */
    private record Asked(Target target, List<Step> resolution, List<Hop> hops, List<Future<HostReport>> hosts) {

        NextHopReport report() {
            List<HostReport> reports = hosts.stream().map(ConnectorProbe::await).toList();
            List<HostReport> judged = new ArrayList<>();
            for (int i = 0; i < reports.size(); i++) {
                judged.add(judged(reports.get(i), hops.get(i), reports));
            }
            return NextHopReport.of(target.toString(), resolution, judged);
        }

        /** Where this machine has no way to IPv6 addresses, mail takes the others of the same host. */
        private HostReport judged(HostReport report, Hop hop, List<HostReport> reports) {
            boolean elsewhere = !hop.address().isIpv4()
                    && report.failure()
                            .filter(step -> step.name().equals(Stage.CONNECT.word()))
                            .isPresent();
            for (int i = 0; elsewhere && i < hops.size(); i++) {
                boolean same =
                        hops.get(i).address().isIpv4() && hops.get(i).name().equals(hop.name());
                if (same && reports.get(i).failure().isEmpty()) {
                    return report.forgiven(
                            "Mail takes " + hops.get(i) + "; see that this server reaches IPv6 addresses");
                }
            }
            return report;
        }
    }

    private Asked ask(
            Mailflow mailflow,
            ValidationPlan plan,
            ConnectorPolicy policy,
            OutboundTls tls,
            Target target,
            ScheduledExecutorService timer,
            ExecutorService workers) {
        RecordedNames recorded = new RecordedNames(names);
        NextHops nextHops = new NextHops(recorded);
        NextHops.Found found;
        OutboundTls demands = tls;
        if (target instanceof Target.ToSmartHost to) {
            found = nextHops.ofSmartHosts(List.of(to.host()), policy.port());
        } else {
            found = nextHops.ofDomain(target.toString(), policy.port());
            demands = tls.forDomain(target.toString());
        }
        ClientSettings client =
                new ClientSettings(policy.heloName(), demands, policy.client(), timeouts(plan.timeout()), timer);
        TlsDemand demand =
                demands.equals(tls) ? demands.demand() : demands.demand().ofRecipient();
        CertificateSteps certificates =
                new CertificateSteps(demand, mailflow.server().trustedCertificates(), clock.instant());
        List<Hop> hops = found.hops().stream()
                .filter(hop -> policy.client().connects(hop.address()))
                .limit(MOST_HOSTS)
                .toList();
        List<Future<HostReport>> hosts = hops.stream()
                .map(hop -> workers.submit(
                        () -> ask(new HostProbe(hop, client, policy, demand, certificates), mailflow, plan, target)))
                .toList();
        List<Step> resolution = resolution(recorded, found, demand);
        if (hops.isEmpty() && !found.hops().isEmpty()) {
            resolution.add(Step.failed(
                    Stage.RESOLVE,
                    "no next hop has an address of the family of sourceIPAddress",
                    "Add an address of the other family to sourceIPAddress, or remove it"));
        }
        return new Asked(target, resolution, hops, hosts);
    }

    private HostReport ask(HostProbe probe, Mailflow mailflow, ValidationPlan plan, Target target)
            throws MessagingException {
        Mail mail = ValidationMail.write(mailflow, plan, target.recipients(), clock.instant());
        try {
            return probe.run(mail);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    /** The delivery's own patience, where the operator has no less. */
    private Timeouts timeouts(Duration most) {
        Timeouts own = settings.timeouts();
        return new Timeouts(shorter(own.connect(), most), shorter(own.command(), most), own.chunk(), own.finalReply());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private List<Step> resolution(RecordedNames recorded, NextHops.Found found, TlsDemand demand) {
        List<Step> steps = new ArrayList<>();
        recorded.answers().forEach(answer -> steps.add(Step.ok(Stage.RESOLVE, answer)));
        if (recorded.answers().isEmpty()) {
            steps.add(Step.ok(Stage.RESOLVE, "an address: DNS is not asked"));
        }
        Optional<String> trouble = found.trouble().map(Outcome::text);
        String remedy = Remedies.of(Stage.RESOLVE, demand, false, "");
        if (found.hops().isEmpty()) {
            steps.add(Step.failed(Stage.RESOLVE, trouble.orElse("there is no next hop"), remedy));
        } else {
            trouble.ifPresent(text -> steps.add(Step.warning(Stage.RESOLVE, text, remedy)));
        }
        if (found.hops().size() > settings.hopsPerAttempt()) {
            steps.add(Step.warning(
                    Stage.RESOLVE,
                    "of " + found.hops().size() + " hosts an attempt asks the first " + settings.hopsPerAttempt(),
                    "Nothing, as long as one of them takes mail"));
        }
        return steps;
    }

    private static HostReport await(Future<HostReport> report) {
        try {
            return report.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a host could not be asked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the validation was interrupted", e);
        }
    }
}
