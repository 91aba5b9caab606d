package org.mailflow.cli;

import java.time.Clock;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.InvalidQuestionException;
import org.mailflow.core.explain.LookupForm;
import org.mailflow.core.explain.LookupResult;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.model.Mailflow;

/** Asks the files, as a server would read them now. */
final class OfflineAnswers implements Answers {

    private final ConfigurationOption configuration;
    private final DataOption data;
    private final Screen asides;
    private final Clock clock = Clock.systemUTC();

    /** Asks these files; with the secret of a data directory, as far as there is one, senders that the server gave are known. */
    OfflineAnswers(ConfigurationOption configuration, DataOption data, Screen asides) {
        this.configuration = configuration;
        this.data = data;
        this.asides = asides;
    }

    @Override
    public Explanation answer(QuestionForm question) throws CommandFailure {
        Mailflow mailflow = read();
        try {
            return Explainer.explain(mailflow, question.toQuestion(), clock.instant());
        } catch (InvalidQuestionException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    /** Asks the directory as far as it is files. */
    LookupResult lookUp(LookupForm form) throws CommandFailure {
        Mailflow mailflow = read();
        return form.answer(mailflow)
                .orElseThrow(() -> CommandFailure.usage("--organization: "
                        + form.organization().orElse("") + " is none of " + mailflow.organizations()));
    }

    private Mailflow read() throws CommandFailure {
        return new MailflowFile(configuration.existingMailflowXml(), clock)
                .read(data, asides)
                .orElseThrow(() -> CommandFailure.notOk("no server would run on " + configuration.mailflowXml()));
    }

    @Override
    public String source() {
        return "the files, not a server: " + configuration.mailflowXml();
    }
}
