package org.mailflow.core.event;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Optional;

/**
 * An event as one line of JSON. Everything outside of printable ASCII is escaped, so that nothing a peer says can begin
 * a line of its own or move a terminal's cursor.
 */
public final class EventLines {

    private final JsonMapper mapper = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            // An empty list is left out as it is written.
            .withConfigOverride(
                    List.class, override -> override.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    /** The line of an event, without an end of line. */
    public String write(MailEvent event) {
        try {
            return mapper.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event consists of texts alone and can always be written", e);
        }
    }

    /** The event of a line; empty where the line is none, as after a crash in the middle of it. */
    public Optional<MailEvent> read(String line) {
        try {
            return Optional.of(mapper.readValue(line, MailEvent.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
