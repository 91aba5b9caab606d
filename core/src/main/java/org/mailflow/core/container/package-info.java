/**
 * The files of James around {@code mailflow.xml}, as far as a slip in them would lose mail, send it astray or open a relay.
 * They are judged with it, by the same functions before a server starts and for {@code ./mailflow check}.
 */
@NullMarked
package org.mailflow.core.container;

import org.jspecify.annotations.NullMarked;
