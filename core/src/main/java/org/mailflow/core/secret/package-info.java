/** What the server signs with, to know its own words again. */
@NullMarked
package org.mailflow.core.secret;

import org.jspecify.annotations.NullMarked;
