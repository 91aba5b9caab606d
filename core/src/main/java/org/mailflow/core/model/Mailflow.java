package org.mailflow.core.model;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.secret.SigningKey;

/**
 * One whole configuration of mail flow: immutable, and valid. A mail is decided on one snapshot from start to end.
 */
public final class Mailflow {

    /**
     * An accepted domain with its organization.
     *
     * @param organization whose domain it is
     * @param acceptedDomain the domain
     */
    public record Accepted(Organization organization, AcceptedDomain acceptedDomain) {}

    private final long generation;
    private final ServerSettings server;
    private final List<Organization> organizations;
    private final SigningKey signingKey;
    private final InstantSource clock;
    private final AcceptedDomains<Accepted> acceptedDomains;

    /**
     * A snapshot that knows what it wrote itself as long as the process lasts.
     *
     * @param generation counts the snapshots of this process, from 1
     */
    public Mailflow(long generation, ServerSettings server, List<Organization> organizations) {
        this(generation, server, organizations, SigningKey.random(), Clock.systemUTC());
    }

    /**
     * A snapshot.
     *
     * @param generation counts the snapshots of this process, from 1
     * @param signingKey by which the server knows again what it wrote into a mail
     * @param clock tells when that expires
     */
    public Mailflow(
            long generation,
            ServerSettings server,
            List<Organization> organizations,
            SigningKey signingKey,
            InstantSource clock) {
        this.generation = generation;
        this.signingKey = signingKey;
        this.clock = clock;
        this.server = server;
        this.organizations = List.copyOf(organizations);
        List<Accepted> accepted = this.organizations.stream()
                .flatMap(organization ->
                        organization.acceptedDomains().stream().map(domain -> new Accepted(organization, domain)))
                .toList();
        this.acceptedDomains = new AcceptedDomains<>(accepted, Accepted::acceptedDomain);
    }

    /** Counts the snapshots of this process, from 1. */
    public long generation() {
        return generation;
    }

    /** What belongs to no organization. */
    public ServerSettings server() {
        return server;
    }

    /** By which the server knows again what it wrote into a mail. */
    public SigningKey signingKey() {
        return signingKey;
    }

    /** The key of an organization for one use: what it signs, it alone knows again, and for this use alone. */
    public SigningKey signingKey(Organization organization, String use) {
        return signingKey.forUse(use + "/" + organization.name().toLowerCase(Locale.ROOT));
    }

    /** Tells when what the server wrote into a mail expires: a snapshot may run for months. */
    public InstantSource clock() {
        return clock;
    }

    /** The organizations, as configured. */
    public List<Organization> organizations() {
        return organizations;
    }

    /** The organization of this name; names compare without regard to case. */
    public Optional<Organization> organization(String name) {
        return organizations.stream()
                .filter(organization -> organization.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Whose accepted domain this is. */
    public Optional<Accepted> accepted(DomainName domain) {
        return acceptedDomains.find(domain);
    }

    /** Whether this is an accepted domain of the organization. */
    public boolean owns(Organization organization, DomainName domain) {
        return accepted(domain)
                .filter(accepted -> accepted.organization().name().equals(organization.name()))
                .isPresent();
    }

    /** Whose routing address domain this is, where it is not an accepted domain. */
    public Optional<Organization> targetDelivery(DomainName domain) {
        return organizations.stream()
                .filter(organization -> organization.isTargetDeliveryDomain(domain))
                .findFirst();
    }

    /** When mail that leaves without a connector is tried again; it is nobody's alone. */
    public RetrySchedule mxRetrySchedule() {
        boolean inTheCloud = !organizations.isEmpty()
                && organizations.stream().allMatch(organization -> organization.premises() == Premises.CLOUD);
        return server.retryDefaults().on(inTheCloud ? Premises.CLOUD : Premises.ON_PREMISES);
    }

    /** Every accepted domain of every organization. */
    public Stream<DomainName> acceptedDomainNames() {
        return organizations.stream()
                .flatMap(organization -> organization.acceptedDomains().stream())
                .map(AcceptedDomain::name);
    }
}
