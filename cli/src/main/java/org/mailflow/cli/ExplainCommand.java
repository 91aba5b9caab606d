package org.mailflow.cli;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.Explanation.OfRecipient;
import org.mailflow.core.explain.InvalidQuestionException;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.json.JsonTexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mailflow explain}: where a mail would go, and why. */
@Command(
        name = "explain",
        description = "Tells what would become of a mail: each decision in order, with its reason and the line of"
                + " mailflow.xml that decided, and where each recipient's copy would go. No mail is sent.",
        sortOptions = false,
        sortSynopsis = false,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every recipient is accepted",
            "1:a recipient is refused, or the files have an error (--offline)",
            "2:wrong usage",
            "3:the running server cannot be asked"
        })
final class ExplainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private QuestionOptions question = new QuestionOptions();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private JsonOption format = new JsonOption();

    @Option(
            names = "--offline",
            description = "Ask the files instead of the running server. A recipient whose source cannot be read is"
                    + " shown as unavailable.")
    private boolean offline;

    @Override
    public Integer call() throws CommandFailure {
        QuestionForm form = question.form();
        check(form);
        Answers answers = offline
                ? new OfflineAnswers(configuration, data, Screen.err(spec))
                : new ServerAnswers(server.find(configuration.directory(), data.directory()));
        Explanation explanation = answers.answer(form);
        if (format.isJson()) {
            Screen.out(spec).json(new JsonTexts().writeIndented(explanation));
        } else {
            new ExplanationView(Screen.out(spec)).show(form, explanation, answers.source());
        }
        return explanation.recipients().stream().allMatch(OfRecipient::accepted) ? ExitCode.OK : ExitCode.NOT_OK;
    }

    private static void check(QuestionForm form) throws CommandFailure {
        try {
            form.toQuestion();
        } catch (InvalidQuestionException e) {
            throw CommandFailure.usage(e.flaws().stream()
                    .map(flaw -> QuestionOptions.optionOf(flaw.field()) + ": " + flaw.detail())
                    .collect(Collectors.joining("\n")));
        }
    }
}
