/**
 * The durable queue: an embedded broker that nobody outside this process can reach.
 */
@NullMarked
package org.mailflow.assembly.queue;

import org.jspecify.annotations.NullMarked;
