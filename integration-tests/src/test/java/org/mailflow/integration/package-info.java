/** The whole: servers in this process, with real sockets, TLS, DNS, queues and databases, and mail servers of others. */
@NullMarked
package org.mailflow.integration;

import org.jspecify.annotations.NullMarked;
