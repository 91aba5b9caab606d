/**
 * Mail that is in hand: taken out of a queue and not done with. Whatever happens to it or to the server meanwhile, it is tried
 * again, then set aside where an operator finds it, and other mail goes on.
 */
@NullMarked
package org.mailflow.delivery.custody;

import org.jspecify.annotations.NullMarked;
