package org.mailflow.cli;

import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.QuestionForm;

/** Whoever can explain. */
interface Answers {

    /** Answers a question that was checked. */
    Explanation answer(QuestionForm question) throws CommandFailure;

    /** Who answers, in words. */
    String source();
}
