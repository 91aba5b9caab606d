package org.mailflow.assembly.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A step that a copy really took, as its ends recorded it.
 *
 * @param from the end that connected
 * @param to the end that listened
 * @param clientIp the address that the connection came from
 * @param protocol the keyword of the trace header (RFC 3848); empty where none was written
 * @param tlsVersion {@code TLSv1.3}; empty in clear text
 * @param tlsCipher the cipher suite
 * @param client what the listening end, where it is ours, knows of the connecting one
 * @param server what the connecting end, where it is ours, knows of the listening one
 * @param outboundConnector by which the connecting end sent; empty for MX delivery
 * @param inboundConnector by which the listening end identified the other
 * @param recipients the addresses in the envelope
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Hop(
        @JsonProperty("from") Place from,
        @JsonProperty("to") Place to,
        @JsonProperty("clientIp") String clientIp,
        @JsonProperty("protocol") Optional<String> protocol,
        @JsonProperty("tlsVersion") Optional<String> tlsVersion,
        @JsonProperty("tlsCipher") Optional<String> tlsCipher,
        @JsonProperty("client") Optional<String> client,
        @JsonProperty("server") Optional<String> server,
        @JsonProperty("outboundConnector") Optional<String> outboundConnector,
        @JsonProperty("inboundConnector") Optional<String> inboundConnector,
        @JsonProperty("recipients") List<String> recipients) {

    /** Copies the list. */
    Hop {
        recipients = List.copyOf(recipients);
    }

    @Override
    public String toString() {
        return from + " -> " + to;
    }
}
