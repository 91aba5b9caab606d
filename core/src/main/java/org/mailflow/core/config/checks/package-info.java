/** What must hold between parameters that are each in order: contradictions are errors, traps are warnings. */
@NullMarked
package org.mailflow.core.config.checks;

import org.jspecify.annotations.NullMarked;
