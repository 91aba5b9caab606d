package org.mailflow.directory;

import java.util.List;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;

/** A list of domains that lets James' table take addresses of any. */
final class EveryDomain implements DomainList {

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
