package org.mailflow.core.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.ip.MembershipPairs.Pair;

/** Our answers beside those of implementations that share no code with ours. */
@TestInstance(Lifecycle.PER_CLASS)
class MembershipComparisonTest {

    private static final long SEED = 20260101;

    private List<Pair> pairs = List.of();
    private String ours = "";

    @BeforeAll
    void generate() throws UnknownHostException {
        pairs = MembershipPairs.generate(SEED);

        assertThat(pairs).hasSize(1_000_000);
        ours = answers(MembershipComparisonTest::oursContains);
        assertThat(ours.chars().filter(answer -> answer == '1').count()).isBetween(300_000L, 700_000L);
    }

    @Test
    void agreesWithPlainArithmeticOnAMillionPairs() {
        assertThat(differences(ours, answers(MembershipComparisonTest::arithmeticContains)))
                .isEmpty();
    }

    @Test
    void agreesWithPythonOnAMillionPairs(@TempDir Path directory) throws Exception {
        assumeTrue(pythonIsInstalled() || isRequired(), "python3 is not installed");
        Path file = directory.resolve("pairs");
        Files.write(
                file,
                pairs.stream().map(pair -> pair.prefix() + " " + pair.address()).toList());
        Path script = Path.of(
                Objects.requireNonNull(getClass().getResource("membership.py")).toURI());

        Process python = new ProcessBuilder("python3", script.toString(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answers = new String(python.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(python.waitFor()).isZero();
        assertThat(differences(ours, answers)).isEmpty();
    }

    private static boolean pythonIsInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import ipaddress")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static boolean isRequired() {
        return "required".equals(System.getProperty("peers"));
    }

    private static boolean oursContains(Pair pair) {
        return IpPrefix.parse(pair.prefix()).contains(IpAddress.parse(pair.address()));
    }

    private static boolean arithmeticContains(Pair pair) {
        String[] parts = pair.prefix().split("/");
        byte[] network = bytes(parts[0]);
        byte[] address = bytes(pair.address());
        boolean mapped = network.length == 4 && parts[0].contains(":");
        int length = Integer.parseInt(parts[1]) - (mapped ? 96 : 0);
        int host = network.length * 8 - length;
        return network.length == address.length
                && new BigInteger(1, network).shiftRight(host).equals(new BigInteger(1, address).shiftRight(host));
    }

    private static byte[] bytes(String text) {
        try {
            // Takes a mapped address for IPv4 by itself.
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(text, e);
        }
    }

    private String answers(Predicate<Pair> contained) {
        return pairs.stream().map(pair -> contained.test(pair) ? "1" : "0").collect(Collectors.joining());
    }

    private List<Pair> differences(String one, String other) {
        assertThat(other).hasSameSizeAs(one);
        return IntStream.range(0, pairs.size())
                .filter(i -> one.charAt(i) != other.charAt(i))
                .mapToObj(pairs::get)
                .toList();
    }
}
