package org.mailflow.core.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;

/**
 * How a connector is to be validated, as a person or program writes it.
 *
 * @param recipients whom the hosts are asked to take mail for; none for the connector's {@code validationRecipients}
 * @param sender in whose name; {@code <>} for the null sender; empty for the postmaster of the organization's default domain
 * @param send whether a real mail is sent to each of the recipients; empty for no
 * @param timeoutSeconds how long a host may take for each step; empty for {@link #TIMEOUT}
 * @param waitSeconds how long the outcome of a mail is waited for; empty for {@link #WAIT}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ValidationWish(
        @JsonProperty("recipients") List<String> recipients,
        @JsonProperty("sender") Optional<String> sender,
        @JsonProperty("send") Optional<Boolean> send,
        @JsonProperty("timeoutSeconds") Optional<Integer> timeoutSeconds,
        @JsonProperty("waitSeconds") Optional<Integer> waitSeconds) {

    /** How long a host may take for a step, in seconds. */
    public static final int TIMEOUT = 30;

    /** How long a mail may take, in seconds. */
    public static final int WAIT = 60;

    private static final int MOST_RECIPIENTS = 50;
    private static final int LONGEST = 600;

    /** Copies the recipients. */
    public ValidationWish {
        recipients = List.copyOf(recipients);
    }

    /** Nothing but what the connector says. */
    public static ValidationWish usual() {
        return new ValidationWish(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What is wrong with it; empty where it makes sense. */
    public Optional<String> flaw() {
        if (recipients.size() > MOST_RECIPIENTS) {
            return Optional.of("there are more than " + MOST_RECIPIENTS + " recipients");
        }
        return recipients.stream()
                .flatMap(recipient -> flaw(recipient).stream())
                .findFirst()
                .or(() -> sender.filter(address -> !address.equals(ValidationPlan.NULL_SENDER))
                        .flatMap(ValidationWish::flaw))
                .or(() -> flaw("timeoutSeconds", timeoutSeconds))
                .or(() -> flaw("waitSeconds", waitSeconds));
    }

    private static Optional<String> flaw(String address) {
        try {
            EmailAddress.parse(address);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> flaw(String name, Optional<Integer> seconds) {
        return seconds.filter(number -> number < 1 || number > LONGEST)
                .map(number -> name + ": " + number + " is not from 1 to " + LONGEST);
    }
}
