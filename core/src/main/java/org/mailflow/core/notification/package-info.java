/** What senders are told of the delivery of their mail (RFC 3461, 3464): to whom, of what, and in which words. */
@NullMarked
package org.mailflow.core.notification;

import org.jspecify.annotations.NullMarked;
