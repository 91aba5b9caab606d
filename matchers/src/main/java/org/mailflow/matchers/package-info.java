/**
 * Conditions for {@code mailetcontainer.xml} that ask core about a mail. A matcher returns only recipients of the mail;
 * a fact that cannot be established is thrown, never "no match": set {@code onMatchException} to a processor that waits.
 */
@NullMarked
package org.mailflow.matchers;

import org.jspecify.annotations.NullMarked;
