/** Reads {@code mailflow.xml} whole into a snapshot, or reports everything that is wrong. */
@NullMarked
package org.mailflow.core.config;

import org.jspecify.annotations.NullMarked;
