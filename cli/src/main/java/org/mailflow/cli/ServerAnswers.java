package org.mailflow.cli;

import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.QuestionForm;

/** Asks the running server, with the snapshot that it runs on. */
final class ServerAnswers implements Answers {

    private static final String PATH = "/mailflow/explain";

    private final RunningServer server;

    ServerAnswers(RunningServer server) {
        this.server = server;
    }

    @Override
    public Explanation answer(QuestionForm question) throws CommandFailure {
        return server.post(PATH, question, Explanation.class);
    }

    @Override
    public String source() {
        return "the running server at " + server.url();
    }
}
