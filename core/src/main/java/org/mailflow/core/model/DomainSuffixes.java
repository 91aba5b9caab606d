package org.mailflow.core.model;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mailflow.core.address.DomainName;

/** Walks from a domain to its parents, in as many steps as it has labels. */
final class DomainSuffixes {

    private DomainSuffixes() {}

    /** The entry of the longest key that is a proper parent of the domain. */
    static <T> Optional<T> longest(DomainName domain, Map<String, T> byParent) {
        return longest(domain, parent -> Optional.ofNullable(byParent.get(parent)));
    }

    /** What is found for the longest proper parent of the domain for which anything is. */
    static <T> Optional<T> longest(DomainName domain, Function<String, Optional<T>> byParent) {
        String name = domain.value();
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            Optional<T> found = byParent.apply(name.substring(dot + 1));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
