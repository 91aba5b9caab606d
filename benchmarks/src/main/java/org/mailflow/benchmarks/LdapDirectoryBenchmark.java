package org.mailflow.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Location;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.LdapSettings;
import org.mailflow.core.directory.LdapUrl;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.directory.RecipientSource;
import org.mailflow.directory.OpenDirectories;
import org.mailflow.testing.ldap.Slapd;
import org.mailflow.testing.tls.CertificateAuthority;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lookup of a random address in a real slapd on this machine, over TLS, by eight threads at once. It needs Debian's
 * package slapd. After the set-up with answers kept, it prints how much memory they take.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(8)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
public class LdapDirectoryBenchmark {

    private static final int RECIPIENTS = 100_000;
    private static final double MEBI = 1024 * 1024;

    /** Whether answers are kept. */
    @Param({"true", "false"})
    boolean cached;

    private final CertificateAuthority authority = CertificateAuthority.create("Benchmark");
    private final OpenDirectories open = new OpenDirectories();
    private Optional<Slapd> running = Optional.empty();
    private RecipientDirectory directory = RecipientDirectory.empty();

    /** Starts the server and, where answers are kept, asks for everybody once. */
    @Setup
    public void start() throws IOException {
        Slapd slapd = Slapd.start(
                authority,
                IntStream.range(0, RECIPIENTS)
                        .mapToObj(LdapDirectoryBenchmark::entry)
                        .collect(Collectors.joining()));
        running = Optional.of(slapd);
        directory = open.open(new RecipientSource.Ldap(settings(slapd), new Location("mailflow.xml", 1, 1)));
        if (cached) {
            long before = usedMemory();
            IntStream.range(0, RECIPIENTS).parallel().forEach(number -> directory.find(address(number)));
            System.out.printf("%n%d kept answers take %.1f MiB%n", RECIPIENTS, (usedMemory() - before) / MEBI);
        }
    }

    /** Ends both. */
    @TearDown
    public void stop() throws IOException {
        open.close();
        running.orElseThrow().close();
    }

    /** A recipient with three addresses. */
    @Benchmark
    public DirectoryAnswer found() {
        return directory.find(address(ThreadLocalRandom.current().nextInt(RECIPIENTS)));
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private LdapSettings settings(Slapd slapd) {
        Duration kept = cached ? Duration.ofHours(1) : Duration.ofNanos(1);
        return new LdapSettings(
                "contoso",
                "bench",
                List.of(LdapUrl.parse(slapd.secureUrl())),
                false,
                Optional.of(new LdapSettings.Credentials(Slapd.ADMIN_DN, Slapd.ADMIN_PASSWORD)),
                Slapd.BASE_DN,
                Optional.empty(),
                new LdapSettings.Attributes(
                        "mail", "proxyAddresses", "targetAddress", List.of("member"), List.of("group")),
                true,
                true,
                new LdapSettings.Limits(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        8,
                        RECIPIENTS,
                        kept,
                        kept,
                        cached ? Duration.ofHours(1) : Duration.ZERO),
                Set.of(authority.certificate()));
    }

    private static EmailAddress address(int number) {
        return EmailAddress.parse("firstname.lastname" + number + "@contoso.com");
    }

    private static String entry(int number) {
        return """
                dn: cn=User %1$d,dc=contoso,dc=com
                objectClass: inetOrgPerson
                objectClass: mailRecipient
                cn: User %1$d
                sn: %1$d
                mail: firstname.lastname%1$d@contoso.com
                proxyAddresses: SMTP:firstname.lastname%1$d@contoso.com
                proxyAddresses: smtp:u%1$d@contoso.com
                targetAddress: SMTP:firstname.lastname%1$d@contoso.mail.onmicrosoft.com

                """
                .formatted(number);
    }
}
