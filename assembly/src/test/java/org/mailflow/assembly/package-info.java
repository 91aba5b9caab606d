/** Boots real servers and talks to them over sockets. */
@NullMarked
package org.mailflow.assembly;

import org.jspecify.annotations.NullMarked;
