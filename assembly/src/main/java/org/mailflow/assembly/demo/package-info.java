/**
 * Two premises and an internet on loopback, real mail between them, and a report of the way that each copy took.
 */
@NullMarked
package org.mailflow.assembly.demo;

import org.jspecify.annotations.NullMarked;
