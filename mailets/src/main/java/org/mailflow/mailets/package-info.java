/** What {@code mailetcontainer.xml} does with a mail: rewriting, routing, delivery. Each asks core and obeys. */
@NullMarked
package org.mailflow.mailets;

import org.jspecify.annotations.NullMarked;
