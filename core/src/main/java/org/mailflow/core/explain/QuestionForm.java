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
 * @param header more of its header as the peer would send it, from the top: a text for each field, with its name
 * @param originatorOrg the parameter XOORG of MAIL FROM, a domain; empty without
 * @param size the parameter SIZE of MAIL FROM, in bytes; empty without
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record QuestionForm(
        @JsonProperty("clientIp") Optional<String> clientIp,
        @JsonProperty("tls") Optional<String> tls,
        @JsonProperty("certificate") Optional<Certificate> certificate,
        @JsonProperty("auth") Optional<String> auth,
        @JsonProperty("from") Optional<String> from,
        @JsonProperty("to") List<String> to,
        @JsonProperty("received") List<String> received,
        @JsonProperty("header") List<String> header,
        @JsonProperty("originatorOrg") Optional<String> originatorOrg,
        @JsonProperty("size") Optional<Long> size) {

    /** A question about a mail of unknown size. */
    public QuestionForm(
            Optional<String> clientIp,
            Optional<String> tls,
            Optional<Certificate> certificate,
            Optional<String> auth,
            Optional<String> from,
            List<String> to,
            List<String> received,
            List<String> header,
            Optional<String> originatorOrg) {
        this(clientIp, tls, certificate, auth, from, to, received, header, originatorOrg, Optional.empty());
    }

    /** A question about a mail of whose header nothing is known. */
    public QuestionForm(
            Optional<String> clientIp,
            Optional<String> tls,
            Optional<Certificate> certificate,
            Optional<String> auth,
            Optional<String> from,
            List<String> to,
            List<String> received) {
        this(clientIp, tls, certificate, auth, from, to, received, List.of(), Optional.empty());
    }

    /** Copies the lists. */
    public QuestionForm {
        to = List.copyOf(to);
        received = List.copyOf(received);
        header = List.copyOf(header);
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
