/**
 * Tests that need a program of the operating system, and what happens where it is missing.
 */
@NullMarked
package org.mailflow.testing.peers;

import org.jspecify.annotations.NullMarked;
