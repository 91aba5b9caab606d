package org.mailflow.assembly.spool;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.lifecycle.api.Startable;
import org.apache.james.mailetcontainer.impl.CompositeProcessorImpl;
import org.apache.james.mailetcontainer.impl.JamesMailSpooler;
import org.apache.james.mailetcontainer.impl.MailetProcessorImpl;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.mailet.Mail;
import org.mailflow.delivery.custody.Custody;
import org.mailflow.delivery.custody.Fault;
import org.mailflow.delivery.custody.Pulse;
import org.mailflow.delivery.custody.Pulses;
import org.mailflow.delivery.custody.QueueWorkers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the spool, in the place of James' spooler: with its matchers, mailets, settings and metrics, but a fault in one
 * of them costs neither a thread, nor a place in the queue, nor the mail.
 */
@Singleton
final class Spooler implements Startable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Spooler.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CompositeProcessorImpl processors;
    private final MailQueueFactory<?> queues;
    private final MetricFactory metrics;
    private final GaugeRegistry gauges;
    private final Custody custody;
    private final Pulses pulses;
    private Optional<QueueWorkers> workers = Optional.empty();

    @Inject
    Spooler(
            CompositeProcessorImpl processors,
            MailQueueFactory<?> queues,
            MetricFactory metrics,
            GaugeRegistry gauges,
            Custody custody,
            Pulses pulses) {
        this.processors = processors;
        this.queues = queues;
        this.metrics = metrics;
        this.gauges = gauges;
        this.custody = custody;
        this.pulses = pulses;
    }

    /**
     * Begins to work on the spool.
     *
     * @param threads how many mails are worked on at a time; with none, mail stays in the spool
     */
    void start(int threads) {
        if (threads == 0) {
            LOGGER.warn("<threads> of <spooler> is 0: mail is accepted, and stays in the spool");
            return;
        }
        MailQueue spool = queues.createQueue(MailQueueFactory.SPOOL, MailQueueFactory.prefetchCount(threads));
        Processing processing = new Processing(processors());
        Pulse pulse = new Pulse(threads, false);
        QueueWorkers started = new QueueWorkers(
                spool, threads, "spooler", item -> custody.handle(item, spool, mail -> timed(processing, mail)), pulse);
        pulses.add(spool, pulse);
        started.onStop(() -> pulses.remove(pulse));
        workers = Optional.of(started);
        gauges.register(JamesMailSpooler.SPOOL_PROCESSING + ".inFlight", started::busy);
        started.start();
    }

    private List<Fault> timed(Processing processing, Mail mail) {
        TimeMetric time = metrics.timer(JamesMailSpooler.SPOOL_PROCESSING);
        try {
            return processing.run(mail);
        } finally {
            time.stopAndPublish();
        }
    }

    private Map<String, Processor> processors() {
        return Arrays.stream(processors.getProcessorStates())
                .map(this::processor)
                .collect(Collectors.toMap(Processor::name, Function.identity()));
    }

    private Processor processor(String name) {
        if (!(processors.getProcessor(name) instanceof MailetProcessorImpl processor)) {
            throw new IllegalStateException("processor " + name + " is none of James'");
        }
        return new Processor(
                name,
                processor.getPairs().stream()
                        .map(pair -> new Step(metrics, processor, pair))
                        .toList());
    }

    /** Takes no further mail, and waits a little for those in hand. */
    @PreDestroy
    void stop() {
        workers.ifPresent(QueueWorkers::stop);
        workers.ifPresent(started -> started.awaitEnd(PATIENCE));
    }
}
