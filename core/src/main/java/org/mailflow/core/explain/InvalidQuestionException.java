package org.mailflow.core.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Collectors;

/** A question makes no sense; the message lists everything that is wrong with it. */
public final class InvalidQuestionException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * What is wrong with a field.
     *
     * @param field the field of {@link QuestionForm}
     * @param detail what is wrong, and how to write it
     */
    public record Flaw(@JsonProperty("field") String field, @JsonProperty("detail") String detail) {}

    private final transient List<Flaw> flaws;

    InvalidQuestionException(List<Flaw> flaws) {
        super(flaws.stream().map(flaw -> flaw.field() + ": " + flaw.detail()).collect(Collectors.joining("; ")));
        this.flaws = List.copyOf(flaws);
    }

    /** Everything that is wrong, in the order of the fields. */
    public List<Flaw> flaws() {
        return flaws;
    }
}
