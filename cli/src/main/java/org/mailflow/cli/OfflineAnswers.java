package org.mailflow.cli;

import java.time.Clock;
import java.util.List;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.config.Problem;
import org.mailflow.core.directory.DirectorySources;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.InvalidQuestionException;
import org.mailflow.core.explain.LookupForm;
import org.mailflow.core.explain.LookupResult;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.secret.ServerSecret;
import org.mailflow.core.secret.SigningKey;

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
        SigningKey signingKey = ServerSecret.read(data.directory()).orElseGet(SigningKey::random);
        Configuration read = new MailflowXml(
                        configuration.existingMailflowXml(),
                        System.getenv(),
                        clock,
                        DirectorySources.offline(),
                        signingKey)
                .readForQuestions(clock.millis());
        List<Problem> errors = configuration.fromHere(read.errors());
        if (read.mailflow().isEmpty()) {
            new ProblemsView(asides).show(errors);
            throw CommandFailure.notOk("no server would run on " + configuration.mailflowXml());
        }
        new ProblemsView(asides).showAsUnavailable(errors);
        return read.mailflow().get();
    }

    @Override
    public String source() {
        return "the files, not a server: " + configuration.mailflowXml();
    }
}
