package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What an action came to.
 *
 * @param done how many mails it was done to
 * @param mails the first of them, by id
 * @param busy mails that it was not done to, since they are processed or delivered at this moment, or just were
 */
public record ActionResult(
        @JsonProperty("done") long done,
        @JsonProperty("mails") List<String> mails,
        @JsonProperty("busy") List<String> busy) {

    private static final int SHOWN = 1_000;

    /** Keeps the first thousand names of each kind. */
    public ActionResult {
        mails = mails.stream().limit(SHOWN).toList();
        busy = busy.stream().limit(SHOWN).toList();
    }
}
