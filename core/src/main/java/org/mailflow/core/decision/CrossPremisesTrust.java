package org.mailflow.core.decision;

import java.util.List;
import java.util.stream.Stream;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.decision.Attribution.Evidence;
import org.mailflow.core.decision.Attribution.Originating;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.tls.PeerIdentity;

/**
 * Whether the other premises of a hybrid deployment brought a mail, so that what it says of it is believed (decision D12):
 * an inbound connector of type onPremises with cloudServicesMailEnabled, proven by its certificate, never by an address. A
 * certificate that several organizations share, as Exchange Online's, needs the organization's name beside it: XOORG, or
 * X-OriginatorOrg. Any doubt is a no.
 *
 * @param isTrusted the answer
 * @param reason why
 */
public record CrossPremisesTrust(boolean isTrusted, Reason reason) {

    /** Whether the header is to be asked at all: only then what it says may count. */
    static boolean mayBe(Attribution attribution) {
        return attribution instanceof Originating originating
                && originating.evidence() == Evidence.CERTIFICATE
                && originating
                        .connector()
                        .filter(InboundConnector::cloudServicesMailEnabled)
                        .isPresent();
    }

    /**
     * Judges a mail.
     *
     * @param originatorOrgs the values of its X-OriginatorOrg fields
     */
    static CrossPremisesTrust judge(
            Mailflow mailflow, Attribution attribution, Peer peer, List<String> originatorOrgs) {
        if (!mayBe(attribution)) {
            return no("no certificate proves that the other premises brought it");
        }
        Originating originating = (Originating) attribution;
        Organization organization = originating.organization();
        List<String> said = Stream.concat(peer.originatorOrg().map(DomainName::value).stream(), originatorOrgs.stream())
                .distinct()
                .toList();
        for (String domain : said) {
            if (!isOf(mailflow, organization, domain)) {
                return no("it is from the organization of " + domain + ", which is not " + organization.name());
            }
        }
        if (said.isEmpty() && !hasCertificateOf(mailflow, organization, originating.identity())) {
            return no("its certificate is in no domain of " + organization.name()
                    + ", and it does not say from which organization it is (XOORG, X-OriginatorOrg)");
        }
        return new CrossPremisesTrust(
                true,
                Reason.of(
                        "the other premises brought it: inbound connector '"
                                + originating
                                        .connector()
                                        .map(InboundConnector::name)
                                        .orElse("")
                                + "' has cloudServicesMailEnabled, and the peer proved its certificate",
                        originating.connector().map(InboundConnector::location).orElse(organization.location())));
    }

    /** Whether a domain is one of the organization's, that of its routing addresses among them. */
    static boolean isOf(Mailflow mailflow, Organization organization, String domain) {
        try {
            DomainName name = DomainName.parse(domain.strip());
            return organization.isTargetDeliveryDomain(name) || mailflow.owns(organization, name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a certificate is the organization's own: pinned, or in one of its domains. */
    static boolean hasCertificateOf(Mailflow mailflow, Organization organization, PeerIdentity identity) {
        if (identity instanceof PeerIdentity.Pinned) {
            return true;
        }
        return identity instanceof PeerIdentity.Verified verified
                && verified.names().stream().anyMatch(name -> isInDomainOf(mailflow, organization, name));
    }

    /** {@code mail.contoso.com} and {@code *.contoso.com} are in contoso.com. */
    private static boolean isInDomainOf(Mailflow mailflow, Organization organization, String name) {
        String domain = name.startsWith("*.") ? name.substring(2) : name;
        while (domain.contains(".")) {
            if (isOf(mailflow, organization, domain)) {
                return true;
            }
            domain = domain.substring(domain.indexOf('.') + 1);
        }
        return false;
    }

    private static CrossPremisesTrust no(String why) {
        return new CrossPremisesTrust(false, Reason.of(why));
    }
}
