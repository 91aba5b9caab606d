package org.mailflow.cli;

import java.nio.file.Path;
import java.time.Clock;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.InvalidQuestionException;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.model.Mailflow;

/** Asks the files, as a server would read them now. */
final class OfflineAnswers implements Answers {

    private final Path mailflowXml;
    private final Screen asides;
    private final Clock clock = Clock.systemUTC();

    OfflineAnswers(Path mailflowXml, Screen asides) {
        this.mailflowXml = mailflowXml;
        this.asides = asides;
    }

    @Override
    public Explanation answer(QuestionForm question) throws CommandFailure {
        Configuration configuration = MailflowXml.read(mailflowXml, clock.millis());
        if (configuration.mailflow().isEmpty()) {
            new ProblemsView(asides).show(configuration.errors());
            throw CommandFailure.notOk("no server would run on " + mailflowXml);
        }
        Mailflow mailflow = configuration.mailflow().get();
        try {
            return Explainer.explain(mailflow, question.toQuestion(), clock.instant());
        } catch (InvalidQuestionException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String source() {
        return "the files, not a server: " + mailflowXml;
    }
}
