package org.mailflow.assembly.demo;

import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.mailflow.cli.ExitCode;
import org.mailflow.cli.JsonOption;
import org.mailflow.cli.Screen;
import org.mailflow.cli.TerminalColours;
import org.mailflow.cli.VersionProvider;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.json.JsonTexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./mailflow demo}: shows that mail goes its ways. */
@Command(
        name = "demo",
        description = {
            "Starts contoso.com's two premises, on-premises and cloud, and an internet server, all on loopback addresses of"
                    + " this machine, sends real mail between them, and tells which way each copy took.",
            "The premises are whole servers on the configurations in conf/onpremises and conf/cloud. The ways are read from"
                    + " the mail that arrived and from the servers' logs, never assumed.",
            "Then three things go wrong on purpose: a device strips TLS between the premises, a mail of the internet forges"
                    + " internal header fields, and a configuration sends mail in a circle."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every flow passed, and every failure ended as it must",
            "1:a flow failed, or the demo could not run",
            "2:wrong usage, or a configuration with an error"
        })
public final class DemoCommand implements Callable<Integer> {

    private static final String LOG = "demo.log";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private JsonOption format = new JsonOption();

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            defaultValue = "${sys:mailflow.home:-.}/conf",
            description =
                    "The directory with the configurations onpremises and cloud. Default: conf of this installation.")
    private Path configurations = Path.of("conf");

    @Option(names = "--keep", description = "Keep the servers' data and logs, and tell where they are.")
    private boolean keep;

    @Parameters(
            arity = "0..*",
            paramLabel = "FLOW",
            description = "Which to run: the flows F1 to F6, the failures X1 to X3. Default: all.")
    private List<String> names = List.of();

    @Override
    public Integer call() throws Exception {
        List<Scenario> scenarios = scenarios();
        if (!Files.isDirectory(configurations)) {
            throw wrong("there is no directory " + configurations + ": name one with --conf");
        }
        DemoReport report;
        try {
            report = run(scenarios);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitCode.NOT_OK;
        } catch (InvalidConfigurationException e) {
            throw wrong(String.valueOf(e.getMessage()));
        } catch (BindException e) {
            Screen.err(spec).line("mailflow: " + e.getMessage());
            return ExitCode.NOT_OK;
        }
        if (format.isJson()) {
            Screen.out(spec).json(new JsonTexts().writeIndented(report));
        } else {
            new ReportView(Screen.out(spec)).show(report);
        }
        return report.passed() ? ExitCode.OK : ExitCode.NOT_OK;
    }

    private DemoReport run(List<Scenario> scenarios) throws Exception {
        DemoDirectory directory = DemoDirectory.create(keep);
        DemoLogging logging = DemoLogging.into(directory.root().resolve(LOG));
        Demo demo = new Demo(configurations, directory, progress());
        Thread onInterrupt = new Thread(demo::close, "demo-shutdown");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            List<ScenarioResult> results = demo.run(scenarios);
            return DemoReport.of(results, keep ? Optional.of(directory.root().toString()) : Optional.empty());
        } finally {
            demo.close();
            logging.close();
            forget(onInterrupt);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs, and finds that everything is closed.
        }
    }

    private List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        for (String name : names) {
            scenarios.add(Scenarios.named(name)
                    .orElseThrow(() -> wrong("there is no flow " + name + ": there are " + Scenarios.names())));
        }
        return scenarios.isEmpty() ? Scenarios.ALL : scenarios;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Consumer<String> progress() {
        return TerminalColours.isTerminal() ? text -> Screen.err(spec).line(text + " ...") : text -> {};
    }
}
