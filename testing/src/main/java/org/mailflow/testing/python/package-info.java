/**
 * A client in Python, for proofs that are to share no line of code with the server: it says whatever bytes it is told to, in
 * whatever pieces.
 */
@NullMarked
package org.mailflow.testing.python;

import org.jspecify.annotations.NullMarked;
