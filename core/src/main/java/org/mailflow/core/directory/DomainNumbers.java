package org.mailflow.core.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailflow.core.address.DomainName;

/** Numbers for domains, from 0 on: what the rows of a {@link RecipientTable} hold in their place. */
final class DomainNumbers {

    /** The number of a domain that has none. */
    static final int UNKNOWN = -1;

    private final Map<DomainName, Integer> numbers = new HashMap<>();
    private final List<DomainName> domains = new ArrayList<>();

    /** The number of the domain; a new one where it has none yet. */
    int assign(DomainName domain) {
        return numbers.computeIfAbsent(domain, added -> {
            domains.add(added);
            return domains.size() - 1;
        });
    }

    int find(DomainName domain) {
        return numbers.getOrDefault(domain, UNKNOWN);
    }

    DomainName domain(int number) {
        return domains.get(number);
    }
}
