/** The snapshot: organizations, accepted domains, connectors, lists, as immutable values. */
@NullMarked
package org.mailflow.core.model;

import org.jspecify.annotations.NullMarked;
