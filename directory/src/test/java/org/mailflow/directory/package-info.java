@NullMarked
package org.mailflow.directory;

import org.jspecify.annotations.NullMarked;
