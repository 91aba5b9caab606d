/** Who the recipients of an organization are, and where their mailboxes are. */
@NullMarked
package org.mailflow.core.directory;

import org.jspecify.annotations.NullMarked;
