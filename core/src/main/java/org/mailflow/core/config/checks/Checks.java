package org.mailflow.core.config.checks;

import java.util.List;
import java.util.function.Consumer;
import org.mailflow.core.config.reading.MailflowDraft;

/**
 * All checks of what must hold between parameters. A check looks only at parameters that are in order as such: one
 * mistake is one problem.
 */
public final class Checks {

    private static final List<Consumer<MailflowDraft>> ALL = List.of(
            NameChecks::run,
            InboundConnectorChecks::run,
            OutboundConnectorChecks::run,
            OutboundClientChecks::run,
            RetryChecks::run,
            SizeChecks::run,
            SelectionChecks::run,
            AcceptedDomainChecks::run,
            ServingChecks::run,
            CentralizedTransportChecks::run,
            ReturningMailChecks::run,
            RecipientSourceChecks::run,
            SharedEvidenceChecks::run,
            SameEvidenceChecks::run,
            CertificateChecks::run,
            IpListChecks::run,
            TrustedProxyChecks::run);

    private Checks() {}

    /** Runs them; whatever they find becomes a problem of the reading. */
    public static void run(MailflowDraft draft) {
        ALL.forEach(check -> check.accept(draft));
    }
}
