/** Every decision about mail, as pure functions over one snapshot; each says why and which setting decided. */
@NullMarked
package org.mailflow.core.decision;

import org.jspecify.annotations.NullMarked;
