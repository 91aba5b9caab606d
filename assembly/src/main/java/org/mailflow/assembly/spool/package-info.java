/** The spool: mail between the session and its next place, worked on by James' matchers and mailets. */
@NullMarked
package org.mailflow.assembly.spool;

import org.jspecify.annotations.NullMarked;
