/**
 * The commands of {@code ./mailflow} that need no server of their own. They ask core, or a running server, the questions
 * that the server asks itself, and show the answers.
 */
@NullMarked
package org.mailflow.cli;

import org.jspecify.annotations.NullMarked;
