package org.mailflow.core.decision;

import org.mailflow.core.decision.Attribution.Evidence;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;

/**
 * To whom XOORG is offered: the other premises of an organization, proven by their certificate (cmdlet parameter
 * TlsDomainCapabilities, capability AcceptCloudServicesMail or AcceptOorgProtocol).
 */
public final class OriginatorOrgOffer {

    private OriginatorOrgOffer() {}

    /** Whether a peer may say from which organization a mail is. */
    public static boolean isFor(Mailflow mailflow, Peer peer) {
        return mailflow.organizations().stream()
                .flatMap(organization -> organization.inboundConnectors().stream())
                .anyMatch(connector -> isOtherPremises(connector, peer));
    }

    private static boolean isOtherPremises(InboundConnector connector, Peer peer) {
        return connector.enabled()
                && connector.connectorType() == ConnectorType.ON_PREMISES
                && connector.cloudServicesMailEnabled()
                && ConnectorProof.of(connector, peer)
                        .filter(proof -> proof.evidence() == Evidence.CERTIFICATE)
                        .isPresent();
    }
}
