package org.mailflow.core.decision;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Attribution.Evidence;
import org.mailflow.core.decision.Attribution.Originating;
import org.mailflow.core.decision.RecipientDecision.Refused;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;

/**
 * Refuses mail that another organization sends by way of a service that it shares with one of ours: the service's addresses or
 * certificate identify it, its {@code X-OriginatorOrg} says whose mail it is. Such mail has no right of ours. Where the evidence is
 * the organization's own, the field may be left over from somebody whose mail was forwarded, and says nothing.
 */
final class ForeignOriginator {

    private ForeignOriginator() {}

    /**
     * Judges a mail at the end of DATA.
     *
     * @param sender empty for the null sender
     * @param originatorOrgs the values of its X-OriginatorOrg fields as received
     * @return empty where the mail may pass
     */
    static Optional<Refused> judge(
            Mailflow mailflow,
            Attribution attribution,
            Optional<EmailAddress> sender,
            List<Resolution> recipients,
            List<String> originatorOrgs) {
        if (!(attribution instanceof Originating originating) || !isShareable(mailflow, originating)) {
            return Optional.empty();
        }
        Organization organization = originating.organization();
        return originatorOrgs.stream()
                .filter(domain -> !CrossPremisesTrust.isOf(mailflow, organization, domain))
                .findFirst()
                .flatMap(domain -> refusal(mailflow, originating, sender, recipients)
                        .map(reply -> new Refused(
                                reply,
                                Reason.of(
                                        "it is from the organization of " + domain.strip()
                                                + " (X-OriginatorOrg), which is not " + organization.name()
                                                + ", and has no right of it",
                                        originating
                                                .connector()
                                                .map(InboundConnector::location)
                                                .orElse(organization.location())))));
    }

    /** Addresses may be anybody's too; a certificate that is the organization's own is not. */
    private static boolean isShareable(Mailflow mailflow, Originating originating) {
        return originating.evidence() == Evidence.ADDRESS
                || (originating
                                .connector()
                                .filter(InboundConnector::cloudServicesMailEnabled)
                                .isPresent()
                        && !CrossPremisesTrust.hasCertificateOf(
                                mailflow, originating.organization(), originating.identity()));
    }

    private static Optional<Reply> refusal(
            Mailflow mailflow, Originating originating, Optional<EmailAddress> sender, List<Resolution> recipients) {
        if (recipients.stream().anyMatch(recipient -> recipient.organization().isEmpty())) {
            return Optional.of(Reply.TENANT_ATTRIBUTION);
        }
        boolean inOurName = sender.map(EmailAddress::domain)
                .filter(domain -> mailflow.owns(originating.organization(), domain))
                .isPresent();
        return inOurName
                        && originating.evidence() == Evidence.CERTIFICATE
                        && originating.organization().rejectDirectSend()
                ? Optional.of(Reply.DIRECT_SEND)
                : Optional.empty();
    }
}
