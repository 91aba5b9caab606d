package org.mailflow.assembly.queue;

import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

/**
 * How the store uses disk and memory. Most mails leave their queue before the database has them anywhere but in its log:
 * what waits longer is written once more, bodies into files of their own that are not rewritten for their neighbours.
 *
 * @param database of the whole
 * @param mails of what is known of each mail
 * @param bodies of the messages
 * @param cache of what is read from files
 */
record StoreSettings(DBOptions database, ColumnFamilyOptions mails, ColumnFamilyOptions bodies, Cache cache)
        implements AutoCloseable {

    private static final long MIB = 1L << 20;
    /** Beyond the heap: so much of what was written last is in memory. */
    private static final long MAIL_BUFFER = 8 * MIB;

    private static final long BODY_BUFFER = 32 * MIB;
    private static final long CACHE = 8 * MIB;
    /** The start reads no more of the log than this. */
    private static final long LARGEST_LOG = 128 * MIB;

    private static final long SMALLEST_BODY_OF_ITS_OWN = 2_048;
    private static final int OPEN_FILES = 256;
    private static final int INFO_LOGS = 3;

    /** The end of the log may be torn, as a crash leaves it; damage anywhere else is told. */
    static StoreSettings strict() {
        return of(WALRecoveryMode.TolerateCorruptedTailRecords);
    }

    /** Opens with what can be read. */
    static StoreSettings lenient() {
        return of(WALRecoveryMode.SkipAnyCorruptedRecords);
    }

    private static StoreSettings of(WALRecoveryMode recovery) {
        Cache cache = new LRUCache(CACHE);
        DBOptions database = DBOptions.getDBOptionsFromProps(withoutSetter())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setWalRecoveryMode(recovery)
                .setParanoidChecks(true)
                // What is kept for later writes hides that the disk is full: the process must end, and not go on in
                // part.
                .setAllowFAllocate(false)
                .setMaxTotalWalSize(LARGEST_LOG)
                .setMaxOpenFiles(OPEN_FILES)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(MIB)
                .setKeepLogFileNum(INFO_LOGS)
                .setStatsDumpPeriodSec(0);
        ColumnFamilyOptions mails = new ColumnFamilyOptions()
                .setWriteBufferSize(MAIL_BUFFER)
                .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache));
        ColumnFamilyOptions bodies = new ColumnFamilyOptions()
                .setWriteBufferSize(BODY_BUFFER)
                .setEnableBlobFiles(true)
                .setMinBlobSize(SMALLEST_BODY_OF_ITS_OWN)
                .setEnableBlobGarbageCollection(true)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache));
        return new StoreSettings(database, mails, bodies, cache);
    }

    /** A log that is missing stops the start, unless it is the last one. */
    private static Properties withoutSetter() {
        Properties options = new Properties();
        options.setProperty("track_and_verify_wals_in_manifest", "true");
        return options;
    }

    @Override
    public void close() {
        database.close();
        mails.close();
        bodies.close();
        cache.close();
    }
}
