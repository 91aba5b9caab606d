package org.mailflow.core.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.json.InvalidJsonException;
import org.mailflow.core.json.JsonTexts;

/**
 * What a delivery has to tell of a mail. It travels as a mail attribute, from the delivery to whoever writes to the sender.
 *
 * @param action what became of the recipients
 * @param connector the outbound connector; empty for MX
 * @param arrival when this server took the mail over
 * @param retryUntil until when it is tried; empty where it is not tried any more
 * @param recipients what there is to tell of each
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DeliveryReport(
        @JsonProperty("action") DeliveryAction action,
        @JsonProperty("connector") Optional<String> connector,
        @JsonProperty("arrival") Optional<Instant> arrival,
        @JsonProperty("retryUntil") Optional<Instant> retryUntil,
        @JsonProperty("recipients") List<RecipientStatus> recipients) {

    /** Copies the recipients. */
    public DeliveryReport {
        recipients = List.copyOf(recipients);
    }

    /** The report as a text of one line. */
    public String toText() {
        return new JsonTexts().write(this);
    }

    /**
     * Reads a report back.
     *
     * @throws IllegalArgumentException where the text is none
     */
    public static DeliveryReport parse(String text) {
        try {
            return new JsonTexts().read(text, DeliveryReport.class);
        } catch (InvalidJsonException e) {
            throw new IllegalArgumentException("the report of a delivery " + e.getMessage(), e);
        }
    }
}
