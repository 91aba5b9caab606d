@NullMarked
package org.mailflow.core.config;

import org.jspecify.annotations.NullMarked;
