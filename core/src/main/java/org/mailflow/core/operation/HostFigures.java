package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * How a next hop fares for a connector. Hosts that are well and have no mail at the moment are not among the figures.
 *
 * @param connector {@code mx}, or {@code organization/connector}
 * @param host {@code name[address]:port}
 * @param smartHost whether it is a smart host of the connector, not one of the MX hosts of strangers' domains
 * @param state what it is in
 * @param since when that began
 * @param sessions mails that are at it
 * @param reason its last trouble; empty where there was none lately
 * @param until when it is asked again, where it is left alone
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record HostFigures(
        @JsonProperty("connector") String connector,
        @JsonProperty("host") String host,
        @JsonProperty("smartHost") boolean smartHost,
        @JsonProperty("state") State state,
        @JsonProperty("since") Instant since,
        @JsonProperty("sessions") int sessions,
        @JsonProperty("reason") Optional<String> reason,
        @JsonProperty("until") Optional<Instant> until) {

    /** What a host is in. */
    public enum State {
        /** Nothing is known against it, or not enough. */
        WELL,
        /** It was left alone, and is asked again with care. */
        RECOVERING,
        /** After troubles in a row it is not asked for a while. */
        LEFT_ALONE
    }

    /** By connector, then by host. */
    public static final Comparator<HostFigures> ORDER =
            Comparator.comparing(HostFigures::connector).thenComparing(HostFigures::host);

    /** Whether it does not take the connector's account: nothing but a person mends that. */
    public boolean refusesAccount() {
        return reason.filter(why -> why.startsWith("cannot log on")).isPresent();
    }
}
