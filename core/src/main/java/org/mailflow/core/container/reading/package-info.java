/** Reads James' files into drafts that keep the place of each thing. */
@NullMarked
package org.mailflow.core.container.reading;

import org.jspecify.annotations.NullMarked;
