/**
 * Mailflow inside a stock James: the Guice module and the check that {@code extensions.properties} names. Everything else
 * in the extension jar is the same as in our own server.
 */
@NullMarked
package org.mailflow.extension;

import org.jspecify.annotations.NullMarked;
