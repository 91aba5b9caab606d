/** The build of a mail, told from, and changed in, its bytes alone. */
@NullMarked
package org.mailflow.core.mime;

import org.jspecify.annotations.NullMarked;
