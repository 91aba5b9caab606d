package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A repository where mail stands aside.
 *
 * @param url its URL: {@code jpa://var/mail/error}
 * @param mails how many are in it
 */
public record RepositorySummary(@JsonProperty("url") String url, @JsonProperty("mails") long mails) {}
