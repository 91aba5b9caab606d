package org.mailflow.assembly.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A copy of a mail that arrived somewhere.
 *
 * @param address whose mailbox it is in
 * @param end where that mailbox is
 * @param hops its way, from the sender on
 * @param problems where its trace headers and the servers' logs contradict each other
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Copy(
        @JsonProperty("address") String address,
        @JsonProperty("end") Place end,
        @JsonProperty("hops") List<Hop> hops,
        @JsonProperty("problems") List<String> problems) {
    /** Copies the lists. */
    Copy {
        hops = List.copyOf(hops);
        problems = List.copyOf(problems);
    }
}
