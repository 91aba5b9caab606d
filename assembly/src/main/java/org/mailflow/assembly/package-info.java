/**
 * The server: Apache James' parts wired with ours.
 */
@NullMarked
package org.mailflow.assembly;

import org.jspecify.annotations.NullMarked;
