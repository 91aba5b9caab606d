/** What the server did with mail, one event at a time. */
@NullMarked
package org.mailflow.core.event;

import org.jspecify.annotations.NullMarked;
