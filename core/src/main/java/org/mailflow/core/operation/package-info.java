/**
 * What an operator does with a running server: its queues, its repositories, and how it fares. Records and interfaces; the
 * server implements them, WebAdmin and the commands show them.
 */
@NullMarked
package org.mailflow.core.operation;

import org.jspecify.annotations.NullMarked;
