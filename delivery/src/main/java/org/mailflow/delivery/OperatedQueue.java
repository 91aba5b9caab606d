package org.mailflow.delivery;

import org.apache.james.queue.api.MailQueueName;
import org.mailflow.core.operation.QueueKind;

/**
 * A queue as an operator knows it.
 *
 * @param word what he calls it: {@code spool}, {@code mx}, {@code organization/connector}
 * @param kind what it is for
 * @param name what the store calls it
 */
record OperatedQueue(String word, QueueKind kind, MailQueueName name) {}
