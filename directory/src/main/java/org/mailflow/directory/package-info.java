/**
 * Sources of recipients that do I/O, behind core's interface: directory servers, and James' own users. Each answer is
 * found, not found or unavailable.
 */
@NullMarked
package org.mailflow.directory;

import org.jspecify.annotations.NullMarked;
