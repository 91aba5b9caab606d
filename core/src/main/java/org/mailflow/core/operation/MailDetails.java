package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One mail with all that is known of it.
 *
 * @param mail the mail
 * @param attributes what this server noted on it, by name
 * @param headers its header lines, in order
 */
public record MailDetails(
        @JsonProperty("mail") QueuedMail mail,
        @JsonProperty("attributes") Map<String, String> attributes,
        @JsonProperty("headers") List<String> headers) {

    /** Copies the collections; attributes are sorted by name. */
    public MailDetails {
        attributes = new TreeMap<>(attributes);
        headers = List.copyOf(headers);
    }
}
