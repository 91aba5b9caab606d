/** Parts of James for tests. */
@NullMarked
package org.mailflow.testing.james;

import org.jspecify.annotations.NullMarked;
