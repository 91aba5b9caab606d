package org.mailflow.assembly;

import java.util.List;
import java.util.function.Supplier;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.model.Mailflow;

/**
 * James' list of local domains as a read-only view of our configuration, which is the only truth about accepted domains.
 *
 * <p>The view is asked again for each question, so that a reload acts on the next mail.
 */
public final class SnapshotDomainList implements DomainList {
    private static final String READ_ONLY =
            "Accepted domains are configured in mailflow.xml and cannot be changed here";
    private static final Domain DEFAULT_WHERE_NONE_IS_SERVED = Domain.LOCALHOST;

    private final Supplier<Mailflow> current;

    /** Takes what yields the snapshot that runs at the moment of the call. */
    public SnapshotDomainList(Supplier<Mailflow> current) {
        this.current = current;
    }

    /** Whether mail to the domain is ours: an accepted domain, or a sub-domain of one that matches them. */
    @Override
    public boolean containsDomain(Domain domain) {
        return current.get().accepted(new DomainName(domain.asString())).isPresent();
    }

    @Override
    public List<Domain> getDomains() {
        return current.get()
                .acceptedDomainNames()
                .sorted()
                .map(name -> Domain.of(name.value()))
                .toList();
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
