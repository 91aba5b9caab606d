package org.mailflow.benchmarks.relay;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a sink is.
 *
 * @param tls where it offers STARTTLS
 * @param pause between the end of a content and the reply to it
 */
record SinkSettings(@Nullable SSLContext tls, Duration pause) {}
