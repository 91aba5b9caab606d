/** What a process asked of the operating system, as strace saw it: whether a write was synced before something was said. */
@NullMarked
package org.mailflow.testing.strace;

import org.jspecify.annotations.NullMarked;
