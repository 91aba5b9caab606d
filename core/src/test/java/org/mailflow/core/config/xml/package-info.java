@NullMarked
package org.mailflow.core.config.xml;

import org.jspecify.annotations.NullMarked;
