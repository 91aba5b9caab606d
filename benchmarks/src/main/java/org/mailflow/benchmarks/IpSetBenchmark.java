package org.mailflow.benchmarks;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.ip.IpSet;
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

/** Membership of a random address in a set of networks: an allow or block list, a connector's senderIPAddresses. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IpSetBenchmark {

    private static final int QUESTIONS = 1 << 16;

    /** How many networks the set has. */
    @Param({"100", "10000", "100000"})
    int prefixes;

    /** 4 or 6. */
    @Param({"4", "6"})
    int family;

    private final Random random = new Random(1);
    private final IpAddress[] questions = new IpAddress[QUESTIONS];
    private IpSet set = IpSet.of(Set.of());
    private int next;

    /** Makes a set of random networks, and addresses of which some are in it. */
    @Setup
    public void fill() {
        Set<IpPrefix> networks = new HashSet<>();
        while (networks.size() < prefixes) {
            IpAddress address = address();
            networks.add(new IpPrefix(address, address.width() / 2 + random.nextInt(address.width() / 2 + 1)));
        }
        set = IpSet.of(networks);
        IpPrefix[] inside = networks.toArray(new IpPrefix[0]);
        for (int i = 0; i < QUESTIONS; i++) {
            questions[i] = i % 2 == 0 ? address() : inside[random.nextInt(inside.length)].network();
        }
    }

    private IpAddress address() {
        byte[] bytes = new byte[family == 4 ? 4 : 16];
        random.nextBytes(bytes);
        if (family == 6) {
            // As in life, all in one corner of the space.
            bytes[0] = 0x20;
            bytes[1] = 0x01;
        }
        return IpAddress.ofBytes(bytes);
    }

    /** One lookup. */
    @Benchmark
    public boolean contains() {
        next = (next + 1) & (QUESTIONS - 1);
        return set.contains(questions[next]);
    }
}
