package org.mailflow.assembly.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The store of all queued mail, inside this process: a RocksDB database (ADR 4) with what a queue knows of a mail in one
 * column family, and the messages in another, since several mails may share one.
 *
 * <p>What is written is one record of the database's log: after a crash all of it happened, or nothing. Those who write at
 * the same time share a sync. What is written without a sync outlives the process, and not the machine; it never gets
 * there without everything that was written before it.
 */
public final class MailStore implements AutoCloseable {

    /** A mail as the store has it. */
    @FunctionalInterface
    interface MailReader {
        void read(long id, byte[] mail) throws IOException;
    }

    private static final byte[] MAILS = "mails".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BODIES = "bodies".getBytes(StandardCharsets.US_ASCII);

    private final StoreSettings settings;
    private final RocksDB database;
    private final ColumnFamilyHandle mails;
    private final ColumnFamilyHandle bodies;
    private final List<ColumnFamilyHandle> handles;
    private final StoreFailureAction onFailure;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions lazily = new WriteOptions();
    /** Whoever uses the database holds it open: the library ends the process that uses a closed one. */
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

    private boolean closed;

    private MailStore(
            StoreSettings settings, RocksDB database, List<ColumnFamilyHandle> handles, StoreFailureAction onFailure) {
        this.settings = settings;
        this.database = database;
        this.handles = handles;
        this.mails = handles.get(1);
        this.bodies = handles.get(2);
        this.onFailure = onFailure;
    }

    /**
     * Opens the store, which need not exist yet.
     *
     * @param directory where it lives
     * @param onFailure what to do when it cannot be written or read later on
     * @throws IOException where it cannot be opened
     */
    public static MailStore open(Path directory, StoreFailureAction onFailure) throws IOException {
        Files.createDirectories(directory);
        // Not in the directory for temporary files, from which many systems let nobody execute anything.
        NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
        StoreSettings strict = StoreSettings.strict();
        try {
            return open(directory, strict, onFailure);
        } catch (RocksDBException e) {
            strict.close();
            return openDamaged(directory, e, onFailure);
        }
    }

    private static MailStore openDamaged(Path directory, RocksDBException damage, StoreFailureAction onFailure)
            throws IOException {
        DamagedStore.setAside(directory, damage);
        StoreSettings lenient = StoreSettings.lenient();
        try {
            return open(directory, lenient, onFailure);
        } catch (RocksDBException e) {
            lenient.close();
            throw DamagedStore.beyondHelp(directory, e);
        }
    }

    private static MailStore open(Path directory, StoreSettings settings, StoreFailureAction onFailure)
            throws RocksDBException {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB database = RocksDB.open(
                settings.database(),
                directory.toString(),
                List.of(
                        new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, settings.mails()),
                        new ColumnFamilyDescriptor(MAILS, settings.mails()),
                        new ColumnFamilyDescriptor(BODIES, settings.bodies())),
                handles);
        return new MailStore(settings, database, handles, onFailure);
    }

    /** Reads every mail, in the order of their numbers. */
    void readMails(MailReader reader) throws IOException {
        read(mails, iterator -> reader.read(number(iterator.key()), iterator.value()));
    }

    /** Tells the number of every body. */
    void readBodyNumbers(LongConsumer reader) throws IOException {
        read(bodies, iterator -> reader.accept(number(iterator.key())));
    }

    private interface Look {
        void at(RocksIterator iterator) throws IOException;
    }

    private void read(ColumnFamilyHandle family, Look look) throws IOException {
        var unused = use(opened -> {
            try (ReadOptions once = new ReadOptions().setFillCache(false);
                    RocksIterator iterator = opened.newIterator(family, once)) {
                for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                    look.at(iterator);
                }
                iterator.status();
            }
            return true;
        });
    }

    /** A mail; empty where it is not there. */
    Optional<byte[]> mail(long id) throws IOException {
        return use(opened -> Optional.ofNullable(opened.get(mails, key(id))));
    }

    /** A body; empty where it is not there. */
    Optional<byte[]> body(long id) throws IOException {
        return use(opened -> Optional.ofNullable(opened.get(bodies, key(id))));
    }

    /** What is to be written in one step. */
    Changes changes() {
        return new Changes();
    }

    private void write(List<Change> made, WriteOptions options) throws IOException {
        var unused = use(opened -> {
            try (WriteBatch batch = new WriteBatch()) {
                for (Change change : made) {
                    change.in(batch);
                }
                opened.write(options, batch);
            }
            return true;
        });
    }

    private static byte[] key(long id) {
        return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    /** Everything that was written is there at the next opening, closed or not. */
    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                handles.forEach(ColumnFamilyHandle::close);
                database.close();
                synced.close();
                lazily.close();
                settings.close();
            }
        } finally {
            open.writeLock().unlock();
        }
    }

    /** Changes that happen together, or not at all. Used by one thread at a time. */
    final class Changes {
        private final List<Change> made = new ArrayList<>();

        private Changes() {}

        void putMail(long id, byte[] mail) {
            made.add(batch -> batch.put(mails, key(id), mail));
        }

        void putBody(long id, byte[] body) {
            made.add(batch -> batch.put(bodies, key(id), body));
        }

        void deleteMail(long id) {
            made.add(batch -> batch.delete(mails, key(id)));
        }

        void deleteBody(long id) {
            made.add(batch -> batch.delete(bodies, key(id)));
        }

        /** Makes them; they are on disk when this returns. */
        void writeSynced() throws IOException {
            write(made, synced);
        }

        /** Makes them; they outlive the process when this returns. */
        void writeLazily() throws IOException {
            if (!made.isEmpty()) {
                write(made, lazily);
            }
        }
    }

    private interface Change {
        void in(WriteBatch batch) throws RocksDBException;
    }

    private interface Use<T> {
        T of(RocksDB database) throws RocksDBException, IOException;
    }

    /** The library ends the process that uses what is closed. */
    private <T> T use(Use<T> use) throws IOException {
        open.readLock().lock();
        try {
            if (closed) {
                throw new IOException("the store of the queues is closed");
            }
            return use.of(database);
        } catch (RocksDBException e) {
            // The database writes no more after a failed write.
            IOException failure = new IOException("the store of the queues failed: " + e.getMessage(), e);
            onFailure.onStoreFailure(failure);
            throw failure;
        } finally {
            open.readLock().unlock();
        }
    }
}
