package org.mailflow.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.event.MailEvent;

/**
 * What happened to one mail and its copies.
 *
 * @param mailId its id; empty for what happened before it had one
 * @param messageId its Message-ID, as it came
 * @param events in the order in which they happened
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Trail(
        @JsonProperty("mailId") Optional<String> mailId,
        @JsonProperty("messageId") Optional<String> messageId,
        @JsonProperty("events") List<MailEvent> events) {

    Trail {
        events = List.copyOf(events);
    }

    static Trail of(List<MailEvent> events) {
        return new Trail(
                events.stream()
                        .flatMap(event -> event.mailId().stream())
                        .findFirst()
                        .map(Kinship::root),
                events.stream().flatMap(event -> event.messageId().stream()).findFirst(),
                events);
    }
}
