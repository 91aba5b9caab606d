/**
 * The SMTP listener: commands off the I/O threads, client certificates asked for and never judged here.
 */
@NullMarked
package org.mailflow.assembly.smtp;

import org.jspecify.annotations.NullMarked;
