/**
 * WebAdmin behind a token.
 */
@NullMarked
package org.mailflow.assembly.webadmin;

import org.jspecify.annotations.NullMarked;
