package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Something about a server that somebody should look at.
 *
 * @param level how bad it is
 * @param text what it is
 */
public record Finding(@JsonProperty("level") Level level, @JsonProperty("text") String text) {}
