/** The build of a mail, told from its bytes alone. */
@NullMarked
package org.mailflow.core.mime;

import org.jspecify.annotations.NullMarked;
