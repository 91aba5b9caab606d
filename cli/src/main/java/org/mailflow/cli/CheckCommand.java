package org.mailflow.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.config.Problem;
import org.mailflow.core.config.ProblemForm;
import org.mailflow.core.json.JsonTexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mailflow check}: what is wrong with a configuration. */
@Command(
        name = "check",
        description = "Reads mailflow.xml and the files that it names, and tells everything that is wrong or risky in"
                + " them. Nothing is changed, no server is asked.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no errors; there may be warnings", "1:errors", "2:wrong usage"})
final class CheckCommand implements Callable<Integer> {

    private static final long NO_GENERATION = 0;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private JsonOption format = new JsonOption();

    @Override
    public Integer call() throws CommandFailure {
        Configuration read = MailflowXml.read(configuration.existingMailflowXml(), NO_GENERATION);
        List<Problem> problems = configuration.fromHere(read.problems());
        boolean sound = read.errors().isEmpty();
        Screen screen = Screen.out(spec);
        if (format.isJson()) {
            List<ProblemForm> forms = problems.stream().map(ProblemForm::of).toList();
            screen.json(new JsonTexts().writeIndented(forms));
        } else {
            new ProblemsView(screen).show(problems);
            screen.line(
                    Text.of(configuration.mailflowXml() + ": "),
                    Text.of(ProblemsView.count(problems), sound ? Style.GOOD : Style.BAD));
        }
        return sound ? ExitCode.OK : ExitCode.NOT_OK;
    }
}
