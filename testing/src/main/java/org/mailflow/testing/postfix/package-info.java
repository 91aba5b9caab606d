/**
 * A private Postfix in a temporary directory, as a peer that was written by somebody else.
 */
@NullMarked
package org.mailflow.testing.postfix;

import org.jspecify.annotations.NullMarked;
