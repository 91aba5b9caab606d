/** Whether there is room for another mail. */
@NullMarked
package org.mailflow.core.storage;

import org.jspecify.annotations.NullMarked;
