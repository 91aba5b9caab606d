package org.mailflow.delivery;

import java.util.concurrent.ScheduledExecutorService;
import org.mailflow.core.model.OutboundClient;

/**
 * How this server behaves as an SMTP client. Sessions that were begun by equal settings are interchangeable: with the same
 * demands of TLS, the same account, from the same address.
 *
 * @param heloName its name in EHLO
 * @param tls what is demanded of TLS
 * @param client what the connector says besides
 * @param timeouts how long a host may take
 * @param timer cuts hosts that take longer
 */
record ClientSettings(
        String heloName, OutboundTls tls, OutboundClient client, Timeouts timeouts, ScheduledExecutorService timer) {}
