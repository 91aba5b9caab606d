package org.mailflow.assembly;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;

/**
 * James' list of local domains as a read-only view of our configuration, which is the only truth about accepted domains.
 *
 * <p>The view is asked again for each question, so that a reload acts on the next mail.
 */
public final class SnapshotDomainList implements DomainList {
    private static final String READ_ONLY =
            "Accepted domains are configured in mailflow.xml and cannot be changed here";
    private static final Domain DEFAULT_WHERE_NONE_IS_SERVED = Domain.LOCALHOST;

    private final Supplier<Set<String>> domains;

    /** Takes what yields the lower-case names of the domains that are local at the moment of the call. */
    public SnapshotDomainList(Supplier<Set<String>> domains) {
        this.domains = domains;
    }

    @Override
    public boolean containsDomain(Domain domain) {
        return domains.get().contains(domain.asString());
    }

    @Override
    public List<Domain> getDomains() {
        return domains.get().stream().sorted().map(Domain::of).toList();
    }

    /**
     * Returns the first local domain in alphabetical order; James completes addresses of its own mail with it.
     *
     * @return {@code localhost} where no domain is local
     */
    @Override
    public Domain getDefaultDomain() {
        return getDomains().stream().findFirst().orElse(DEFAULT_WHERE_NONE_IS_SERVED);
    }

    @Override
    public void addDomain(Domain domain) throws DomainListException {
        throw new DomainListException(READ_ONLY);
    }

    @Override
    public void removeDomain(Domain domain) throws DomainListException {
        throw new DomainListException(READ_ONLY);
    }
}
