/**
 * A DNS server on loopback whose records and faults are set by the program that uses it.
 */
@NullMarked
package org.mailflow.testing.dns;

import org.jspecify.annotations.NullMarked;
