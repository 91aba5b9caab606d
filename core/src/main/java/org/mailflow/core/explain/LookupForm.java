package org.mailflow.core.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow;

/**
 * A question to the directories of recipients, as a person or program writes it.
 *
 * @param address whom to look up
 * @param organization whose directory to ask; empty for the one that accepts the address' domain
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LookupForm(
        @JsonProperty(value = "address", required = true) String address,
        @JsonProperty("organization") Optional<String> organization) {

    /** What is wrong with the question; empty where it makes sense. */
    public Optional<String> flaw() {
        try {
            EmailAddress.parse(address);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Asks a snapshot's directories.
     *
     * @return empty where there is no such organization
     * @throws IllegalArgumentException where the question has a {@link #flaw}
     */
    public Optional<LookupResult> answer(Mailflow mailflow) {
        EmailAddress asked = EmailAddress.parse(address);
        return organization.isEmpty()
                ? Optional.of(Lookup.of(mailflow, asked))
                : mailflow.organization(organization.get()).map(whose -> Lookup.in(whose, mailflow, asked));
    }
}
