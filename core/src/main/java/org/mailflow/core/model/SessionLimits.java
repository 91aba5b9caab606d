package org.mailflow.core.model;

import java.time.Duration;

/**
 * How much one SMTP client may take (cmdlet Set-ReceiveConnector). What a listener limits as a whole (connections, idle
 * time, size) is a matter of its element in smtpserver.xml.
 *
 * @param maxRecipientsPerMessage recipients of one transaction
 * @param maxProtocolErrors commands of a session that make no sense
 * @param maxLogonFailures failed logons of a session
 * @param maxLogonFailuresPerAddress failed logons from an address within a quarter of an hour
 * @param connectionTimeout how long a session may last
 */
public record SessionLimits(
        int maxRecipientsPerMessage,
        int maxProtocolErrors,
        int maxLogonFailures,
        int maxLogonFailuresPerAddress,
        Duration connectionTimeout) {

    /** What holds where nothing is written. */
    public static final SessionLimits DEFAULT = new SessionLimits(1_000, 10, 3, 30, Duration.ofMinutes(30));
}
