/** James' DNS client, with name servers on any port. */
@NullMarked
package org.mailflow.assembly.dns;

import org.jspecify.annotations.NullMarked;
