package org.mailflow.assembly.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQPrefetchPolicy;
import org.apache.activemq.RedeliveryPolicy;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.store.kahadb.disk.journal.Journal;
import org.apache.activemq.util.IOExceptionHandler;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The message broker that holds all queued mail, inside this process.
 *
 * <p>A mail is on disk, envelope and body in one synced journal, before it counts as queued. The broker has no network
 * connector at all: it is reached through {@code vm://} with a name that no other server of the process has.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /**
     * How many mails of one queue the broker looks at for one that is due. James selects due mail out of a queue that also
     * holds the delayed, and the broker's own 200 let that many delayed mails stop all others.
     */
    private static final int MAILS_IN_VIEW = 100_000;

    /** The part of its memory, in percent, from which on the broker reads no further into a queue: its default. */
    private static final int MEMORY_MARK = 70;

    /**
     * What a queue holds.
     *
     * @param mails how many, those in hand included
     * @param left how many have left it since the start
     */
    record Contents(long mails, long left) {}

    private static final String JOURNAL = "journal";

    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final BrokerService broker;
    private final ActiveMQConnectionFactory connectionFactory;

    private EmbeddedBroker(BrokerService broker, ActiveMQConnectionFactory connectionFactory) {
        this.broker = broker;
        this.connectionFactory = connectionFactory;
    }

    /**
     * Opens the store, checking the whole journal for damage, and starts the broker.
     *
     * @param directory where the store lives; created where it is missing
     * @param onFailure what to do when the journal fails later on
     * @throws Exception where the store cannot be opened
     */
    public static EmbeddedBroker start(Path directory, JournalFailureAction onFailure) throws Exception {
        boolean damaged = DamagedJournal.setAside(directory.resolve(JOURNAL));
        String name = "mailflow-" + UUID.randomUUID();
        BrokerService broker = new BrokerService();
        broker.setBrokerName(name);
        broker.setBrokerId(name);
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        broker.setAdvisorySupport(false);
        broker.setSchedulerSupport(false);
        broker.setDataDirectoryFile(directory.toFile());
        broker.setPersistenceAdapter(store(directory, damaged));
        broker.setIoExceptionHandler(new Failure(onFailure));
        broker.setDestinationPolicy(policies());
        // James asks the broker for the size of a queue through this plugin; the other way is to browse the whole
        // queue.
        broker.setPlugins(new BrokerPlugin[] {new StatisticsBrokerPlugin(), Bodies::new});
        // Otherwise a full store blocks the SMTP thread for ever, instead of failing the mail with 451.
        broker.getSystemUsage().setSendFailIfNoSpace(true);
        try {
            broker.start();
            broker.waitUntilStarted();
        } catch (IOException e) {
            throw MissingJournalFiles.explained(directory.resolve(JOURNAL), e);
        }
        return new EmbeddedBroker(broker, connectionFactory(name));
    }

    /** Returns what opens connections to this broker. */
    public ActiveMQConnectionFactory connectionFactory() {
        return connectionFactory;
    }

    /** Whether the broker's memory is so full that it looks no further into its queues. */
    public boolean isMemoryFull() {
        return broker.getSystemUsage().getMemoryUsage().isFull(MEMORY_MARK);
    }

    /** What a queue holds now. */
    Contents contents(MailQueueName queue) throws MailQueue.MailQueueException {
        try {
            DestinationStatistics statistics =
                    broker.getDestination(new ActiveMQQueue(queue.asString())).getDestinationStatistics();
            // In this order: a mail that leaves in between counts as one that left.
            long left = statistics.getDequeues().getCount();
            return new Contents(statistics.getMessages().getCount(), left);
        } catch (Exception e) {
            throw new MailQueue.MailQueueException("queue " + queue.asString() + " cannot be counted", e);
        }
    }

    /** Closes the store; mail that was not acknowledged is there at the next start. */
    @Override
    public void close() {
        try {
            broker.stop();
        } catch (Exception e) {
            // The broker wraps whatever its parts met. Its journal is synced: there is nothing left to save.
            LOGGER.warn("The queue's broker did not stop in order", e);
        }
        broker.waitUntilStopped();
    }

    private static KahaDBPersistenceAdapter store(Path directory, boolean damaged) {
        KahaDBPersistenceAdapter store = new JournalStore();
        store.setDirectory(directory.resolve(JOURNAL).toFile());
        store.setJournalDiskSyncStrategy(Journal.JournalDiskSyncStrategy.ALWAYS.name());
        // With concurrent dispatch a send returns before the mail is on disk.
        store.setConcurrentStoreAndDispatchQueues(false);
        store.setCheckForCorruptJournalFiles(true);
        store.setChecksumJournalFiles(true);
        // A write that was cut short, as by a full disk, leaves whole records before the cut. They were never answered
        // for,
        // and the store would not open for them. Without such damage, what is missing was lost otherwise, and somebody
        // must know.
        store.setIgnoreMissingJournalfiles(damaged);
        return store;
    }

    private static PolicyMap policies() {
        PolicyEntry everyQueue = new PolicyEntry();
        everyQueue.setMaxPageSize(MAILS_IN_VIEW);
        everyQueue.setMaxBrowsePageSize(MAILS_IN_VIEW);
        everyQueue.setQueuePrefetch(0);
        // Mail that was just taken would be kept with its body.
        everyQueue.setUseCache(false);
        everyQueue.setCursorMemoryHighWaterMark(MEMORY_MARK);
        // Memory never stops a sender: bodies are on disk, and only what is being looked at is in memory.
        everyQueue.setProducerFlowControl(false);
        PolicyMap policies = new PolicyMap();
        policies.setDefaultEntry(everyQueue);
        return policies;
    }

    private static ActiveMQConnectionFactory connectionFactory(String brokerName) {
        ActiveMQPrefetchPolicy prefetch = new ActiveMQPrefetchPolicy();
        prefetch.setAll(0);
        RedeliveryPolicy redelivery = new RedeliveryPolicy();
        // The broker would move a mail that was rolled back six times to a dead letter queue that nobody reads.
        redelivery.setMaximumRedeliveries(RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://" + brokerName + "?create=false");
        factory.setTrustAllPackages(false);
        factory.setPrefetchPolicy(prefetch);
        factory.setRedeliveryPolicy(redelivery);
        factory.setWatchTopicAdvisories(false);
        // Otherwise what is sent within a transaction is synced with its commit only, which may be in the journal's
        // next
        // file.
        factory.setAlwaysSyncSend(true);
        return factory;
    }

    /** Hands the store's failures on. */
    private record Failure(JournalFailureAction action) implements IOExceptionHandler {
        @Override
        public void handle(IOException exception) {
            action.onJournalFailure(exception);
        }

        @Override
        public void setBrokerService(BrokerService ignored) {
            // The action does not speak with the broker: it is beyond help.
        }
    }
}
