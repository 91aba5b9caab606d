@NullMarked
package org.mailflow.core.config.settings;

import org.jspecify.annotations.NullMarked;
