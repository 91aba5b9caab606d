/** The queue's promises, on a real broker. */
@NullMarked
package org.mailflow.assembly.queue;

import org.jspecify.annotations.NullMarked;
