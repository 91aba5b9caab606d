package org.mailflow.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.CsvRecipients;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.RecipientDirectory;
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

/** Lookup of a random address in the table of a recipient file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CsvDirectoryBenchmark {

    private static final int QUESTIONS = 1 << 16;

    /** How many recipients the file has. */
    @Param({"1000", "1000000"})
    int rows;

    private final Random random = new Random(1);
    private final EmailAddress[] known = new EmailAddress[QUESTIONS];
    private final EmailAddress[] unknown = new EmailAddress[QUESTIONS];
    private RecipientDirectory directory = RecipientDirectory.empty();
    private int next;

    /** Writes a file, reads it, and makes addresses that are in it and addresses that are not. */
    @Setup
    public void fill() throws IOException {
        Path file = Files.createTempFile("recipients", ".csv");
        try {
            write(file);
            directory = CsvRecipients.read(file, "recipients.csv").recipients().orElseThrow();
        } finally {
            Files.delete(file);
        }
        for (int i = 0; i < QUESTIONS; i++) {
            int row = random.nextInt(rows);
            String[] addresses = {primary(row), target(row), alias(row)};
            known[i] = EmailAddress.parse(addresses[i % addresses.length]);
            unknown[i] = EmailAddress.parse("nobody" + primary(row));
        }
    }

    private void write(Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("primaryAddress,targetAddress,proxyAddresses\n");
            for (int row = 0; row < rows; row++) {
                writer.write(primary(row) + "," + target(row) + ",smtp:" + alias(row) + "\n");
            }
        }
    }

    private static String primary(int row) {
        return "firstname.lastname" + row + "@contoso.com";
    }

    private static String target(int row) {
        return "firstname.lastname" + row + "@contoso.mail.onmicrosoft.com";
    }

    private static String alias(int row) {
        return "u" + row + "@contoso.com";
    }

    /** An address of a recipient, who has three. */
    @Benchmark
    public DirectoryAnswer found() {
        next = (next + 1) & (QUESTIONS - 1);
        return directory.find(known[next]);
    }

    /** An address that nobody has, in a domain of the file. */
    @Benchmark
    public DirectoryAnswer notFound() {
        next = (next + 1) & (QUESTIONS - 1);
        return directory.find(unknown[next]);
    }
}
