package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.ServerElements.TRUSTED_PROXIES;

import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.ip.IpPrefix;

/** Who can claim any address is a few machines. */
final class TrustedProxyChecks {

    private TrustedProxyChecks() {}

    static void run(MailflowDraft draft) {
        Section section = draft.server().section();
        for (IpPrefix prefix : draft.server().settings().trustedProxies().prefixes()) {
            if (prefix.length() == 0) {
                section.error(
                        TRUSTED_PROXIES,
                        prefix + " lets everybody claim any address, and have the rights of its connector",
                        "Write the addresses of your proxies");
            } else if (WideNetworks.isWide(prefix)) {
                section.warning(
                        TRUSTED_PROXIES,
                        prefix + " is a very wide network, and everybody in it can claim any address",
                        "Write the addresses of your proxies");
            }
        }
    }
}
