package org.mailflow.core.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * One step of a validation.
 *
 * @param name of its {@link Stage}
 * @param verdict how it came out
 * @param text what was found; it may hold what a host said
 * @param millis how long it took; empty where nobody waited
 * @param remedy what to do about it; empty where nothing is to be done
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Step(
        @JsonProperty("name") String name,
        @JsonProperty("verdict") Verdict verdict,
        @JsonProperty("text") String text,
        @JsonProperty("millis") Optional<Long> millis,
        @JsonProperty("remedy") Optional<String> remedy) {

    /** One that is as it should be. */
    public static Step ok(Stage stage, String text) {
        return new Step(stage.word(), Verdict.OK, text, Optional.empty(), Optional.empty());
    }

    /** One that somebody should look at. */
    public static Step warning(Stage stage, String text, String remedy) {
        return new Step(stage.word(), Verdict.WARNING, text, Optional.empty(), Optional.of(remedy));
    }

    /** One that keeps mail from being handed over. */
    public static Step failed(Stage stage, String text, String remedy) {
        return new Step(stage.word(), Verdict.FAILED, text, Optional.empty(), Optional.of(remedy));
    }

    /** The same with its time. */
    public Step took(long milliseconds) {
        return new Step(name, verdict, text, Optional.of(milliseconds), remedy);
    }

    /** Whether it keeps mail from being handed over. */
    public boolean hasFailed() {
        return verdict == Verdict.FAILED;
    }
}
