/** The variables of a server's environment in James' files; servers of one process have one each. */
@NullMarked
package org.mailflow.assembly.environment;

import org.jspecify.annotations.NullMarked;
