package org.mailflow.testing.smtp;

/**
 * A command line that a {@link SmtpSink} read.
 *
 * @param connection number of the connection, the sink's first is 1
 * @param line without its line end
 * @param encrypted whether it came over TLS
 */
public record SmtpCommand(int connection, String line, boolean encrypted) {}
