package org.mailflow.delivery;

import java.util.concurrent.ScheduledExecutorService;

/**
 * How this server behaves as an SMTP client.
 *
 * @param heloName its name in EHLO
 * @param tls what is demanded of TLS
 * @param timeouts how long a host may take
 * @param timer cuts hosts that take longer
 */
record ClientSettings(String heloName, OutboundTls tls, Timeouts timeouts, ScheduledExecutorService timer) {}
