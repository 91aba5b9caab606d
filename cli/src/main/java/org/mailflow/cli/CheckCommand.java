package org.mailflow.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.config.Problem;
import org.mailflow.core.config.ProblemForm;
import org.mailflow.core.container.JamesFiles;
import org.mailflow.core.container.ServerConfiguration;
import org.mailflow.core.json.JsonTexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mailflow check}: what is wrong with a configuration. */
@Command(
        name = "check",
        description = {
            "Reads mailflow.xml, the files that it names, and the files of James beside it, and tells everything that is"
                    + " wrong or risky in them. Nothing is changed, no server is asked.",
            "Of James' files it reads mailetcontainer.xml, smtpserver.xml and mailrepositorystore.xml; where there is"
                    + " extensions.properties, they are judged as those of a James with the extension, and"
                    + " domainlist.xml too."
        },
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
        Path mailflowXml = configuration.existingMailflowXml();
        boolean whole = JamesFiles.isThereAny(configuration.directory());
        Configuration read = whole
                ? ServerConfiguration.check(configuration.directory(), System.getenv())
                : MailflowXml.read(mailflowXml, NO_GENERATION);
        List<Problem> problems = configuration.fromHere(read.problems());
        boolean sound = read.errors().isEmpty();
        Screen screen = Screen.out(spec);
        if (format.isJson()) {
            List<ProblemForm> forms = problems.stream().map(ProblemForm::of).toList();
            screen.json(new JsonTexts().writeIndented(forms));
        } else {
            new ProblemsView(screen).show(problems);
            screen.line(
                    Text.of((whole ? configuration.directory() : mailflowXml) + ": "),
                    Text.of(ProblemsView.count(problems), sound ? Style.GOOD : Style.BAD),
                    Text.of(whole ? "" : " (there are no files of James beside it)"));
        }
        return sound ? ExitCode.OK : ExitCode.NOT_OK;
    }
}
