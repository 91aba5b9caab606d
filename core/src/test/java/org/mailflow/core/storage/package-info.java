@NullMarked
package org.mailflow.core.storage;

import org.jspecify.annotations.NullMarked;
