/**
 * Mail flow without a server: the typed configuration, the model and every decision, as pure functions over one
 * immutable snapshot. Nothing here knows Apache James, JavaMail or Guice.
 */
@NullMarked
package org.mailflow.core;

import org.jspecify.annotations.NullMarked;
