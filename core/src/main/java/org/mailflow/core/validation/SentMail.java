package org.mailflow.core.validation;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A validation mail that the server delivered, or tried to.
 *
 * @param recipient whom it is for
 * @param messageId by which it is found: {@code ./mailflow trace} knows its whole way
 * @param step what became of it
 */
public record SentMail(
        @JsonProperty("recipient") String recipient,
        @JsonProperty("messageId") String messageId,
        @JsonProperty("step") Step step) {}
