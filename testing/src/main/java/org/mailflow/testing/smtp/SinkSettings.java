package org.mailflow.testing.smtp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sink is, once it is started.
 *
 * @param tls null where STARTTLS is not offered
 * @param capabilities the lines of the EHLO reply after the first, without STARTTLS
 */
record SinkSettings(String hostName, @Nullable SinkTls tls, boolean requireTls, List<String> capabilities) {}
