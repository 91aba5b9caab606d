/**
 * Routes of James' WebAdmin about mail flow. Their class names are typed into {@code webadmin.properties}
 * ({@code extensions.routes}) and never move.
 */
@NullMarked
package org.mailflow.webadmin;

import org.jspecify.annotations.NullMarked;
