package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.OrganizationElements.DOMAIN_TYPE;
import static org.mailflow.core.config.settings.OrganizationElements.MATCH_SUB_DOMAINS;
import static org.mailflow.core.config.settings.OrganizationElements.TARGET_DELIVERY_DOMAIN;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.reading.Draft;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.AcceptedDomains;

/** A domain belongs to one organization. */
final class AcceptedDomainChecks {

    private record Owned(OrganizationDraft organization, Draft<AcceptedDomain> domain) {}

    private AcceptedDomainChecks() {}

    static void run(MailflowDraft draft) {
        Map<DomainName, Owned> owners = new HashMap<>();
        for (OrganizationDraft organization : draft.organizations()) {
            for (Draft<AcceptedDomain> domain : organization.acceptedDomains()) {
                subDomainsAreRelayed(domain);
                Owned before = owners.putIfAbsent(domain.value().name(), new Owned(organization, domain));
                if (before != null) {
                    twice(organization, domain, before);
                }
            }
        }
        // Not of the drafts themselves, where a domain that is there twice would be under another's roof.
        AcceptedDomains<Owned> index =
                new AcceptedDomains<>(owners.values(), owned -> owned.domain().value());
        owners.values().forEach(owned -> underAnothersRoof(owned, index));
        targetDeliveryDomains(draft, owners);
    }

    private static void subDomainsAreRelayed(Draft<AcceptedDomain> domain) {
        boolean relayed = domain.value().type() == AcceptedDomainType.INTERNAL_RELAY;
        if (domain.value().matchSubDomains() && domain.section().isSound(DOMAIN_TYPE) && !relayed) {
            domain.section()
                    .error(
                            MATCH_SUB_DOMAINS,
                            "needs type internalRelay, since no directory knows the recipients of every sub-domain",
                            "Write type=\"internalRelay\", or an <acceptedDomain> for each sub-domain");
        }
    }

    private static void twice(OrganizationDraft organization, Draft<AcceptedDomain> domain, Owned before) {
        boolean same = before.organization().is(organization);
        domain.section()
                .error(
                        same
                                ? "is there a second time; the first is in line " + line(before)
                                : "is an accepted domain of "
                                        + before.organization().name() + " already, in line " + line(before),
                        same
                                ? "Keep one of the two"
                                : "A domain belongs to one organization: remove it from the other");
    }

    private static int line(Owned owned) {
        return owned.domain().section().location().line();
    }

    private static void underAnothersRoof(Owned owned, AcceptedDomains<Owned> index) {
        Optional<Owned> roof = parent(owned.domain().value().name())
                .flatMap(index::find)
                .filter(found -> found.domain().value().matchSubDomains())
                .filter(found -> !found.organization().is(owned.organization()));
        roof.ifPresent(found -> owned.domain()
                .section()
                .warning(
                        "is a sub-domain of " + found.domain().value().name() + ", which "
                                + found.organization().name() + " has with matchSubDomains",
                        "This entry wins; tell " + found.organization().name() + ", or limit its sub-domains"));
    }

    private static Optional<DomainName> parent(DomainName domain) {
        int dot = domain.value().indexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.of(new DomainName(domain.value().substring(dot + 1)));
    }

    private static void targetDeliveryDomains(MailflowDraft draft, Map<DomainName, Owned> owners) {
        Map<DomainName, OrganizationDraft> targets = new HashMap<>();
        for (OrganizationDraft organization : draft.organizations()) {
            Optional<DomainName> target = organization.hybrid().value().targetDeliveryDomain();
            if (target.isEmpty()) {
                continue;
            }
            Optional<OrganizationDraft> before = Optional.ofNullable(targets.putIfAbsent(target.get(), organization));
            before.or(() -> Optional.ofNullable(owners.get(target.get())).map(Owned::organization))
                    .filter(other -> !other.is(organization))
                    .ifPresent(other -> organization
                            .hybrid()
                            .section()
                            .error(
                                    TARGET_DELIVERY_DOMAIN,
                                    target.get() + " belongs to " + other.name() + " already",
                                    "Each organization has a domain of its own for routing addresses"));
        }
    }
}
