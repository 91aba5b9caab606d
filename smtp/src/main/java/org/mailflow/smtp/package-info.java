/**
 * The front door: the handler chain of James' SMTP server. Handlers translate between a session and one call into core;
 * class names are typed into {@code smtpserver.xml} and never change.
 */
@NullMarked
package org.mailflow.smtp;

import org.jspecify.annotations.NullMarked;
