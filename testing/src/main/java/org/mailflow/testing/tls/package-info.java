/**
 * Certificate authorities, good and bad leaf certificates, and TLS contexts made from them, all in memory.
 */
@NullMarked
package org.mailflow.testing.tls;

import org.jspecify.annotations.NullMarked;
