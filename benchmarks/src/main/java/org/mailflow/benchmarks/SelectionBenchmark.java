package org.mailflow.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.config.Location;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.ConnectorSelectionOrder;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.Hybrid;
import org.mailflow.core.model.IpList;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.OutboundConnectors;
import org.mailflow.core.model.OutboundConnectors.Selection;
import org.mailflow.core.model.Premises;
import org.mailflow.core.model.RetrySchedule;
import org.mailflow.core.model.ServerSettings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Selection of the outbound connector of a random domain: the accepted domain is looked up, then the connector. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SelectionBenchmark {

    private static final int QUESTIONS = 1 << 14;
    private static final Location ANYWHERE = new Location("mailflow.xml", 1, 1);

    /** How many outbound connectors there are; half of them with a wildcard. */
    @Param({"10", "1000"})
    int connectors;

    /** How many accepted domains there are. */
    @Param({"100", "100000"})
    int acceptedDomains;

    private final DomainName[] domains = new DomainName[QUESTIONS];
    private Optional<Mailflow> mailflow = Optional.empty();
    private int next;

    /** Makes one organization, and domains that are served by name, by wildcard, as accepted domains, and not at all. */
    @Setup
    public void fill() {
        List<OutboundConnector> outbound = new ArrayList<>();
        outbound.add(connector("All accepted", true, "all.example"));
        for (int i = 1; i < connectors; i++) {
            outbound.add(connector("C" + i, false, (i % 2 == 0 ? "*." : "") + "partner" + i + ".example"));
        }
        List<AcceptedDomain> accepted = new ArrayList<>();
        for (int i = 0; i < acceptedDomains; i++) {
            accepted.add(new AcceptedDomain(
                    DomainName.parse("accepted" + i + ".example"), AcceptedDomainType.AUTHORITATIVE, false, ANYWHERE));
        }
        Organization organization = new Organization(
                "contoso",
                Premises.ON_PREMISES,
                accepted,
                RecipientDirectory.empty(),
                List.of(),
                new OutboundConnectors(outbound, ConnectorSelectionOrder.SPECIFICITY),
                new Hybrid(Optional.empty(), ANYWHERE),
                false,
                false,
                ANYWHERE);
        ServerSettings server =
                new ServerSettings("mail.example", new IpList(List.of()), new IpList(List.of()), List.of(), Set.of());
        mailflow = Optional.of(new Mailflow(1, server, List.of(organization)));
        Random random = new Random(1);
        for (int i = 0; i < QUESTIONS; i++) {
            domains[i] = DomainName.parse(
                    switch (i % 4) {
                        case 0 -> "partner" + random.nextInt(connectors) + ".example";
                        case 1 -> "a.b.partner" + random.nextInt(connectors) + ".example";
                        case 2 -> "accepted" + random.nextInt(acceptedDomains) + ".example";
                        default -> "elsewhere" + i + ".example";
                    });
        }
    }

    private static OutboundConnector connector(String name, boolean allAcceptedDomains, String recipientDomains) {
        return new OutboundConnector(
                name,
                ConnectorType.ON_PREMISES,
                true,
                List.of(DomainPattern.parse(recipientDomains)),
                allAcceptedDomains,
                true,
                List.of(),
                25,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false,
                false,
                1,
                new RetrySchedule(List.of(Duration.ofMinutes(10)), Duration.ofDays(1)),
                "",
                ANYWHERE);
    }

    /** Selects for the next domain. */
    @Benchmark
    public Optional<Selection> select() {
        DomainName domain = domains[next++ & (QUESTIONS - 1)];
        Mailflow snapshot = mailflow.orElseThrow();
        boolean accepted = snapshot.accepted(domain).isPresent();
        return snapshot.organizations().get(0).outboundConnectors().select(domain, accepted);
    }
}
