/** What an operator sees of a running server, and does with it. */
@NullMarked
package org.mailflow.assembly.operation;

import org.jspecify.annotations.NullMarked;
