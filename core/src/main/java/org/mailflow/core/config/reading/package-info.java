/** Reads the elements of {@code mailflow.xml} into the model, and notes whatever is wrong in them. */
@NullMarked
package org.mailflow.core.config.reading;

import org.jspecify.annotations.NullMarked;
