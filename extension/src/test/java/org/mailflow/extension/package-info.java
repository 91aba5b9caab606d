@NullMarked
package org.mailflow.extension;

import org.jspecify.annotations.NullMarked;
