package org.mailflow.core.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailflow.core.address.DomainName;

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
    private final AcceptedDomains<Accepted> acceptedDomains;

    /**
     * A snapshot.
     *
     * @param generation counts the snapshots of this process, from 1
     */
    public Mailflow(long generation, ServerSettings server, List<Organization> organizations) {
        this.generation = generation;
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

    /** Every accepted domain of every organization. */
    public Stream<DomainName> acceptedDomainNames() {
        return organizations.stream()
                .flatMap(organization -> organization.acceptedDomains().stream())
                .map(AcceptedDomain::name);
    }
}
