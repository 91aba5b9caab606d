package org.mailflow.testing.james;

import java.util.List;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;

/** James' list of domains, as wrong as it can be: every domain is local. Nothing of ours may depend on it. */
public final class EveryDomain implements DomainList {

    /** For any James. */
    public EveryDomain() {}

    @Override
    public List<Domain> getDomains() {
        return List.of();
    }

    @Override
    public boolean containsDomain(Domain domain) {
        return true;
    }

    @Override
    public void addDomain(Domain domain) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeDomain(Domain domain) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Domain getDefaultDomain() {
        return Domain.of("contoso.com");
    }
}
