/** Programs in other languages that read mails, for proofs of what a mail says to whoever reads it. */
@NullMarked
package org.mailflow.testing.readers;

import org.jspecify.annotations.NullMarked;
