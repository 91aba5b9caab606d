/** The variables that configuration files name, and the file that sets them. */
@NullMarked
package org.mailflow.core.config.environment;

import org.jspecify.annotations.NullMarked;
