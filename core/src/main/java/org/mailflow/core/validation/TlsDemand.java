package org.mailflow.core.validation;

import java.util.Optional;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.core.tls.CertificateName;

/**
 * What a connector demands of a host's TLS.
 *
 * @param level empty for TLS where it is offered
 * @param name what the certificate must prove, with {@link TlsSettings#DOMAIN_VALIDATION}
 * @param byRecipient whether that is the recipient's domain, since the connector has no {@code tlsDomain}
 */
public record TlsDemand(Optional<TlsSettings> level, Optional<CertificateName> name, boolean byRecipient) {

    /** The same, where the name is the recipient's domain. */
    public TlsDemand ofRecipient() {
        return new TlsDemand(level, name, true);
    }

    /** Whether the chain counts. */
    boolean demandsTrust() {
        return level.filter(demanded -> demanded != TlsSettings.ENCRYPTION_ONLY).isPresent();
    }

    /** Whether the name counts. */
    boolean demandsName() {
        return level.filter(TlsSettings.DOMAIN_VALIDATION::equals).isPresent();
    }

    /** {@code domainValidation mail.contoso.com}, {@code TLS where it is offered}. */
    @Override
    public String toString() {
        return level.map(TlsSettings::word).orElse("TLS where it is offered")
                + name.map(expected -> " " + expected).orElse("");
    }
}
