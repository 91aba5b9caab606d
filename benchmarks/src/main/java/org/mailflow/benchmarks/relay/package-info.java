/**
 * The whole relay of servers beside each other: mail goes in by SMTP, is queued, and leaves to a smart host. One generator and
 * one set of sinks for every system, in one process, so that each mail is counted once and timed from end to end.
 */
@NullMarked
package org.mailflow.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
