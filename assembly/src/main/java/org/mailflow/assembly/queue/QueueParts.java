package org.mailflow.assembly.queue;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.mailflow.delivery.QueueHolds;

/**
 * What all queues of a store have in common.
 *
 * @param store where their mail is
 * @param bodies which messages are shared
 * @param numbers the last number that was given to a mail or a message
 * @param steps which thread is in which step
 * @param envelopes how a mail is written down
 * @param decorators what James adds to each item
 * @param metrics where is counted what comes and goes
 * @param gauges where is told how long a queue is
 * @param unreadable where that goes which is no mail
 * @param drain what is in hand
 * @param holds which queues hand nothing out
 * @param clock tells what is due
 */
record QueueParts(
        MailStore store,
        Bodies bodies,
        AtomicLong numbers,
        OpenSteps steps,
        EnvelopeFormat envelopes,
        MailQueueItemDecoratorFactory decorators,
        MetricFactory metrics,
        GaugeRegistry gauges,
        UnreadableMails unreadable,
        Drain drain,
        QueueHolds holds,
        Clock clock) {}
