package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/relay}. */
@Command(
        name = "benchmarks/relay",
        description = {
            "Measures the whole relay of this project's server beside Postfix and a stock James: mail goes in by SMTP,"
                    + " is queued durably, and leaves to a smart host. Each mail is counted and timed at its smart host.",
            "",
            "Prints a line for each round, and a table of medians in the end. docs/performance.md tells of the cells."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured, and no mail was lost, damaged or doubled",
            "1:a mail was, or a system failed",
            "2:wrong usage"
        })
public final class Relay implements Callable<Integer> {

    private static final int AUDITED = 500;

    @Option(
            names = "--systems",
            split = ",",
            paramLabel = "SYSTEM",
            description = "pf, pftuned, james, ours; direct is no server at all.")
    private List<String> systems = List.of("pf", "pftuned", "james", "ours");

    @Option(
            names = "--cells",
            split = ",",
            paramLabel = "CELL",
            description = "Which cells; plain-* stands for all whose names begin so. --list names them.")
    private List<String> cells = List.of("*");

    @Option(names = "--list", description = "Names the cells, and ends.")
    private boolean list;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each cell, beside one that does not count.")
    private int rounds = 5;

    @Option(names = "--mails", paramLabel = "N", description = "Mails of a round at most. Default: that of the cell.")
    private @Nullable Integer mails;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Seconds after which a round submits no more mail. Default: those of the cell.")
    private @Nullable Integer seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Mails that a Java server takes by each way before it is measured.")
    private int warmUp = 10_000;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the data of the systems are: on the disk whose syncs are to be measured. Default: the"
                    + " directory for temporary files.")
    private @Nullable Path directory;

    @Option(names = "--keep", description = "Leaves the data and logs of the Java servers in the directory.")
    private boolean keep;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes what is told in the end there, too.")
    private @Nullable Path report;

    @Option(names = "--ours-options", paramLabel = "OPTIONS", description = "Options of our JVM.")
    private String oursOptions = "-Xmx1g";

    @Option(names = "--james-options", paramLabel = "OPTIONS", description = "Options of the stock James' JVM.")
    private String jamesOptions = "-Xmx1g";

    @Option(
            names = "--audit",
            description =
                    "Runs our server alone, under strace, with 500 mails or --mails; fails where a mail was not on"
                            + " disk before its 250. The system must write mail as it came, not compressed.")
    private boolean audit;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Records our server with Java Flight Recorder into this file. Choose cells of one layout: the"
                    + " last server that is started leaves its recording.")
    private @Nullable Path profile;

    private final PrintWriter out;

    private Relay(PrintWriter out) {
        this.out = out;
    }

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        Relay relay = new Relay(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        System.exit(new CommandLine(relay)
                .setExitCodeExceptionMapper(failure -> CommandLine.ExitCode.SOFTWARE)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Cells.all().forEach(cell -> out.println(cell.name()));
            return CommandLine.ExitCode.OK;
        }
        List<SystemName> names = audit
                ? List.of(SystemName.OURS)
                : systems.stream().map(SystemName::of).toList();
        List<Cell> chosen = Cells.of(cells);
        Path parent = directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory;
        Path own = Files.createTempDirectory(Files.createDirectories(parent), "relay-");
        try (Systems started = Systems.in(own, installations(names))) {
            if (audit) {
                return new Audit(mails == null ? AUDITED : mails, out).isPassed(started)
                        ? CommandLine.ExitCode.OK
                        : CommandLine.ExitCode.SOFTWARE;
            }
            Results results = new Comparison(names, rounds, warmUp, this::effort, out).measure(started, chosen);
            String told = Machine.describe(own) + "\n\n" + Report.table(results) + Report.contrasts(results);
            out.println(told);
            if (report != null) {
                Files.writeString(report, told);
            }
            return results.isSound() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            if (!keep) {
                FileUtils.deleteDirectory(own.toFile());
            }
        }
    }

    private Effort effort(Cell cell) {
        return new Effort(
                mails == null ? cell.effort().mails() : mails,
                seconds == null ? cell.effort().time() : Duration.ofSeconds(seconds));
    }

    private Map<SystemName, Installation> installations(List<SystemName> names) {
        Map<SystemName, Installation> installations = new EnumMap<>(SystemName.class);
        if (names.contains(SystemName.OURS)) {
            Installation ours = installation("ours", oursOptions);
            installations.put(SystemName.OURS, profile == null ? ours : ours.profiled(profile));
        }
        if (names.contains(SystemName.JAMES)) {
            installations.put(SystemName.JAMES, installation("james", jamesOptions));
        }
        return installations;
    }

    private static Installation installation(String word, String options) {
        return new Installation(
                property(word + ".classpath"),
                Path.of(property(word + ".conf")),
                new ArrayList<>(List.of(StringUtils.split(options))));
    }

    private static String property(String name) {
        String value = System.getProperty("relay." + name);
        if (value == null) {
            throw new IllegalStateException(
                    "the system property relay." + name + " is not set: start benchmarks/relay");
        }
        return value;
    }
}
