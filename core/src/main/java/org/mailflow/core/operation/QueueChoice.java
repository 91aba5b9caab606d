package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A whole queue, as it is written in JSON.
 *
 * @param queue {@code mx}, or a connector as {@code organization/connector}
 */
public record QueueChoice(@JsonProperty(value = "queue", required = true) String queue) {}
