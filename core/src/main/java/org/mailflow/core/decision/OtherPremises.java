package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.TlsSettings;

/** Whether an outbound connector leads to the other premises of a hybrid deployment, which may be told what this side knows. */
public final class OtherPremises {

    private OtherPremises() {}

    /**
     * The default domain of the organization whose other premises the connector leads to: what XOORG and X-OriginatorOrg say there.
     *
     * @return empty where it leads to anybody else, or does not make the next hop prove who it is
     */
    public static Optional<String> of(Organization organization, OutboundConnector connector) {
        boolean leadsThere = connector.cloudServicesMailEnabled()
                && connector.connectorType() == ConnectorType.ON_PREMISES
                && connector
                        .tlsSettings()
                        .filter(settings -> settings != TlsSettings.ENCRYPTION_ONLY)
                        .isPresent();
        return leadsThere ? organization.defaultDomain().map(DomainName::toString) : Optional.empty();
    }
}
