package org.mailflow.core.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What an organization's directory knows of an address, and what follows from it.
 *
 * @param generation the snapshot that answers
 * @param address as asked
 * @param organization whose directory was asked; empty where the address is in nobody's accepted domain
 * @param outcome {@code found}, {@code not found} or {@code unavailable}
 * @param sources what each source said that was asked, in order
 * @param recipient where mail for the address goes
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LookupResult(
        @JsonProperty("generation") long generation,
        @JsonProperty("address") String address,
        @JsonProperty("organization") Optional<String> organization,
        @JsonProperty("outcome") String outcome,
        @JsonProperty("sources") List<OfSource> sources,
        @JsonProperty("recipient") Located recipient) {

    /** The address is somebody's. */
    public static final String FOUND = "found";
    /** The address is certainly nobody's. */
    public static final String NOT_FOUND = "not found";
    /** That cannot be told now. */
    public static final String UNAVAILABLE = "unavailable";

    /** Copies the list. */
    public LookupResult {
        sources = List.copyOf(sources);
    }

    /**
     * What a source said.
     *
     * @param source its kind and name: {@code ldap corp}
     * @param answer {@code found}, {@code not found} or {@code unavailable}
     * @param reason why it is unavailable
     * @param ageSeconds how old the answer is, where it was kept; empty where the source was asked for this look-up
     * @param standsInFor why the source cannot be asked now, where a kept answer stands in for it
     * @param primaryAddress of the recipient
     * @param targetAddress where its mail goes instead of a mailbox here
     * @param proxyAddresses its further addresses
     * @param members to whom its mail goes on
     * @param skipped who is a member and receives nothing, each with the reason
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record OfSource(
            @JsonProperty("source") String source,
            @JsonProperty("answer") String answer,
            @JsonProperty("reason") Optional<String> reason,
            @JsonProperty("ageSeconds") Optional<Long> ageSeconds,
            @JsonProperty("standsInFor") Optional<String> standsInFor,
            @JsonProperty("primaryAddress") Optional<String> primaryAddress,
            @JsonProperty("targetAddress") Optional<String> targetAddress,
            @JsonProperty("proxyAddresses") List<String> proxyAddresses,
            @JsonProperty("members") List<String> members,
            @JsonProperty("skipped") List<String> skipped) {
        /** Copies the lists. */
        public OfSource {
            proxyAddresses = List.copyOf(proxyAddresses);
            members = List.copyOf(members);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * Where a recipient is.
     *
     * @param address the recipient
     * @param location in words
     * @param reason why
     * @param decidedBy {@code file:line:column} of the accepted domain; empty where there is none
     * @param members who receives its mail in the end, where it goes on to others
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Located(
            @JsonProperty("address") String address,
            @JsonProperty("location") String location,
            @JsonProperty("reason") String reason,
            @JsonProperty("decidedBy") Optional<String> decidedBy,
            @JsonProperty("members") List<Located> members) {
        /** Copies the list. */
        public Located {
            members = List.copyOf(members);
        }
    }
}
