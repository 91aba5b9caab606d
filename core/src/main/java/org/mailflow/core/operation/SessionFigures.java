package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.TreeMap;

/**
 * What SMTP sessions brought since the server was started.
 *
 * @param accepted mails that were answered with 250
 * @param refused refusals by reply code
 */
public record SessionFigures(
        @JsonProperty("accepted") long accepted, @JsonProperty("refused") Map<String, Long> refused) {

    /** Copies the map, sorted by code. */
    public SessionFigures {
        refused = new TreeMap<>(refused);
    }
}
