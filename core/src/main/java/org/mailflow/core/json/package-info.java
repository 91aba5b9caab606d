/** JSON as the command line, WebAdmin and the log write it: one mapper, so that all of them agree. */
@NullMarked
package org.mailflow.core.json;

import org.jspecify.annotations.NullMarked;
