/**
 * How mail leaves: a durable queue for each outbound connector and one for MX, the next hops in order, TLS as the
 * connector demands it, retries and bounces.
 */
@NullMarked
package org.mailflow.delivery;

import org.jspecify.annotations.NullMarked;
