/** IP addresses, prefixes and tables of prefixes: what allow and block lists and connectors name a peer by. */
@NullMarked
package org.mailflow.core.ip;

import org.jspecify.annotations.NullMarked;
