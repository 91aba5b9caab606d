/** What must not be in James' files, a class for each subject. */
@NullMarked
package org.mailflow.core.container.checks;

import org.jspecify.annotations.NullMarked;
