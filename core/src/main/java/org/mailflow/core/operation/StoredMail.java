package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A mail in a repository.
 *
 * @param key by which the repository knows it
 * @param sender MAIL FROM; {@code <>} for the null sender
 * @param recipients RCPT TO
 * @param size in bytes
 * @param since when it last changed
 * @param reason why it stands there, as far as it was noted
 * @param attributes what this server noted on it, by name
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StoredMail(
        @JsonProperty("key") String key,
        @JsonProperty("sender") String sender,
        @JsonProperty("recipients") List<String> recipients,
        @JsonProperty("size") long size,
        @JsonProperty("since") Instant since,
        @JsonProperty("reason") Optional<String> reason,
        @JsonProperty("attributes") Map<String, String> attributes) {

    /** Copies the collections; attributes are sorted by name. */
    public StoredMail {
        recipients = List.copyOf(recipients);
        attributes = new TreeMap<>(attributes);
    }
}
