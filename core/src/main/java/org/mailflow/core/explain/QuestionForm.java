package org.mailflow.core.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A question as it is written, in JSON or on the command line; every field is still to be checked.
 *
 * @param clientIp the connecting address
 * @param tls the TLS version, {@code TLSv1.3} or {@code 1.3}; empty for clear text
 * @param certificate the peer's certificate; empty for none
 * @param auth the user of SMTP AUTH; empty without
 * @param from MAIL FROM; {@code <>} for the null sender
 * @param to RCPT TO, in order
 * @param received its Received headers, from the top: what enhanced filtering reads
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record QuestionForm(
        @JsonProperty("clientIp") Optional<String> clientIp,
        @JsonProperty("tls") Optional<String> tls,
        @JsonProperty("certificate") Optional<Certificate> certificate,
        @JsonProperty("auth") Optional<String> auth,
        @JsonProperty("from") Optional<String> from,
        @JsonProperty("to") List<String> to,
        @JsonProperty("received") List<String> received) {

    /** Copies the lists. */
    public QuestionForm {
        to = List.copyOf(to);
        received = List.copyOf(received);
    }

    /**
     * A certificate that a peer might present.
     *
     * @param names its dNSNames
     * @param verified whether its chain, dates and usage are in order
     * @param pin a pin that it satisfies; then all but its chain is in order; empty for none
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Certificate(
            @JsonProperty("names") List<String> names,
            @JsonProperty(value = "verified", required = true) boolean verified,
            @JsonProperty("pin") Optional<String> pin) {

        /** One that nobody pins. */
        public Certificate(List<String> names, boolean verified) {
            this(names, verified, Optional.empty());
        }

        /** Copies the names. */
        public Certificate {
            names = List.copyOf(names);
        }
    }

    /**
     * The question.
     *
     * @throws InvalidQuestionException where a field is missing or makes no sense; it tells of every one
     */
    public Question toQuestion() throws InvalidQuestionException {
        return new QuestionReader(this).read();
    }
}
