package org.mailflow.core.model;

import java.util.Map;
import java.util.Optional;
import org.mailflow.core.address.DomainName;

/** Walks from a domain to its parents, in as many steps as it has labels. */
final class DomainSuffixes {

    private DomainSuffixes() {}

    /** The entry of the longest key that is a proper parent of the domain. */
    static <T> Optional<T> longest(DomainName domain, Map<String, T> byParent) {
        String name = domain.value();
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            T found = byParent.get(name.substring(dot + 1));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
