package org.mailflow.core.config;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.Mailflow;

/** Compares the accepted domains with those that the mail server around us holds for its own. */
public final class ServedDomains {

    private ServedDomains() {}

    /**
     * What would refuse or capture mail: a domain that only the server serves, and an authoritative one that it does not.
     * A relay domain may be in one list or in both.
     *
     * @param served the domains that the server serves
     * @return one sentence each, with its remedy; empty where there is no difference
     */
    public static List<String> differences(Mailflow mailflow, Collection<DomainName> served) {
        Stream<String> captured = captured(mailflow, served)
                .map(domain ->
                        domain + " is in James' domain list but is no accepted domain of mailflow.xml: James would "
                                + "keep its mail. Remove it there, or accept it here");
        Stream<String> missing = missing(mailflow, served)
                .map(domain ->
                        domain.location() + ": " + domain.name() + " is authoritative but not in James' domain list: "
                                + "James would have no mailboxes in it. Add it there");
        return Stream.concat(captured, missing).toList();
    }

    /** Domains that only the server serves: it would keep their mail. */
    public static Stream<DomainName> captured(Mailflow mailflow, Collection<DomainName> served) {
        return served.stream()
                .filter(domain -> mailflow.accepted(domain).isEmpty())
                .sorted();
    }

    /** Authoritative domains that the server does not serve: it would have no mailboxes in them. */
    public static Stream<AcceptedDomain> missing(Mailflow mailflow, Collection<DomainName> served) {
        return mailflow.organizations().stream()
                .flatMap(organization -> organization.acceptedDomains().stream())
                .filter(domain -> domain.type() == AcceptedDomainType.AUTHORITATIVE)
                .filter(domain -> !served.contains(domain.name()));
    }
}
