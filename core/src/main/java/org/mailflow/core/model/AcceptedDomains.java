package org.mailflow.core.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mailflow.core.address.DomainName;

/**
 * Finds the accepted domain of an address: the exact one, else the longest parent that has {@code matchSubDomains}.
 *
 * @param <T> what is found
 */
public final class AcceptedDomains<T> {

    private final Map<String, T> exact;
    private final Map<String, T> parents;

    /**
     * An index of these entries.
     *
     * @param domain how to get at an entry's domain
     */
    public AcceptedDomains(Collection<T> entries, Function<T, AcceptedDomain> domain) {
        exact = entries.stream()
                .collect(Collectors.toMap(entry -> domain.apply(entry).name().value(), entry -> entry, (a, b) -> a));
        parents = new HashMap<>();
        entries.stream()
                .filter(entry -> domain.apply(entry).matchSubDomains())
                .forEach(entry -> parents.putIfAbsent(domain.apply(entry).name().value(), entry));
    }

    /** The entry for a domain. */
    public Optional<T> find(DomainName domain) {
        T found = exact.get(domain.value());
        if (found != null || parents.isEmpty()) {
            return Optional.ofNullable(found);
        }
        return DomainSuffixes.longest(domain, parents);
    }
}
