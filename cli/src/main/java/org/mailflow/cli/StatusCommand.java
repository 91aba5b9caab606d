package org.mailflow.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.Level;
import org.mailflow.core.operation.StatusJudge;
import org.mailflow.core.operation.StatusReport;
import org.mailflow.core.operation.Thresholds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mailflow status}: how the running server fares, for people and for monitoring. */
@Command(
        name = "status",
        description =
                "Tells how the running server fares: its queues, connectors, repositories, certificates, health checks and"
                        + " disk. The first line says it all, and the exit code is that of a monitoring plugin.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeOnInvalidInput = 3,
        exitCodeOnExecutionException = 3,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:OK",
            "1:WARNING, somebody should look at it today",
            "2:CRITICAL, somebody should look at it now",
            "3:UNKNOWN, the server cannot be asked, or wrong usage"
        })
final class StatusCommand implements Callable<Integer> {

    private static final String PATH = "/mailflow/status";
    /** Monitoring gives up soon, and takes no answer for a bad one. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ServerLink server = new ServerLink();

    @Mixin
    private ThresholdOptions limits = new ThresholdOptions();

    @Mixin
    private JsonOption format = new JsonOption();

    @Override
    public Integer call() {
        Screen screen = Screen.out(spec);
        try {
            Thresholds thresholds = limits.thresholds();
            StatusReport answer = server.find().get(PATH, Map.of(), StatusReport.class, PATIENCE);
            StatusReport report = new StatusJudge(thresholds).judge(answer.facts());
            if (format.isJson()) {
                screen.json(new JsonTexts().writeIndented(report));
            } else {
                new StatusView(screen).show(report);
            }
            return report.level().exitCode();
        } catch (CommandFailure e) {
            // A monitoring system reads the first line of standard output.
            String text = String.valueOf(e.getMessage());
            screen.line(Text.of("MAILFLOW UNKNOWN", Style.BAD), Text.of(" - " + text.replaceAll("\\R", "; ")));
            return Level.UNKNOWN.exitCode();
        }
    }
}
