package org.mailflow.extension;

import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.utils.UserDefinedStartable;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.ServedDomains;
import org.mailflow.core.model.Mailflow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the accepted domains of {@code mailflow.xml} with the domains of James, which an extension cannot replace. A
 * domain that only James knows would have its mail kept by James' own matchers and mailets; mailboxes of one that James
 * does not know cannot be made. James does not start with such a difference; one that a reload brings is logged.
 *
 * <pre>{@code
 * # extensions.properties
 * guice.extension.startable=org.mailflow.extension.DomainListCheck
 * }</pre>
 */
public final class DomainListCheck implements UserDefinedStartable {

    private static final Logger LOGGER = LoggerFactory.getLogger(DomainListCheck.class);

    private final DomainList domains;
    private final LiveMailflow live;

    /** For James, which makes it by name. */
    @Inject
    public DomainListCheck(DomainList domains, LiveMailflow live) {
        this.domains = domains;
        this.live = live;
    }

    /**
     * Compares now, and after each reload.
     *
     * @throws IllegalStateException where there is a difference, which keeps James from starting
     */
    @Override
    public void start() {
        requireAgreement();
        live.onReload(mailflow -> {
            String after = differences(mailflow);
            if (!after.isEmpty()) {
                LOGGER.error("{}", after);
            }
        });
    }

    /** Compares now. */
    void requireAgreement() {
        String differences = differences(live.current());
        if (!differences.isEmpty()) {
            throw new IllegalStateException(differences);
        }
    }

    private String differences(Mailflow mailflow) {
        List<String> differences = new ArrayList<>();
        List<DomainName> served = new ArrayList<>();
        for (Domain domain : served()) {
            try {
                served.add(DomainName.parse(domain.asString()));
            } catch (IllegalArgumentException e) {
                differences.add("James' domain list: " + e.getMessage());
            }
        }
        differences.addAll(ServedDomains.differences(mailflow, served));
        return String.join(System.lineSeparator(), differences);
    }

    private List<Domain> served() {
        try {
            return domains.getDomains();
        } catch (DomainListException e) {
            throw new IllegalStateException("James' domain list cannot be read: " + e.getMessage(), e);
        }
    }
}
