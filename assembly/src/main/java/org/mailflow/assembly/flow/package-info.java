/** Mail flow in the server: the snapshot, its events, and what asks them. */
@NullMarked
package org.mailflow.assembly.flow;

import org.jspecify.annotations.NullMarked;
