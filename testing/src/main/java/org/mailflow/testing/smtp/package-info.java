/**
 * Both ends of an SMTP conversation: a server that records and misbehaves on request, and a client that reads like a transcript. Nothing here shares code with the mail server under test.
 */
@NullMarked
package org.mailflow.testing.smtp;

import org.jspecify.annotations.NullMarked;
