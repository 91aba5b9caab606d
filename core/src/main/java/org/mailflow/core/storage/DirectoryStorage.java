package org.mailflow.core.storage;

import com.google.common.base.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The file system of a directory. It is asked once a second at most, however many mails come. */
public final class DirectoryStorage implements Storage {

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private final Path directory;
    private final Ticker ticker;
    private volatile @Nullable Reading last;

    /** What the file system said, and when; {@code at} is the ticker's. */
    private record Reading(long free, long at) {}

    /** The file system that holds this directory; it need not exist yet. */
    public DirectoryStorage(Path directory) {
        this(directory, Ticker.systemTicker());
    }

    DirectoryStorage(Path directory, Ticker ticker) {
        this.directory = directory.toAbsolutePath();
        this.ticker = ticker;
    }

    @Override
    public long free() throws IOException {
        long now = ticker.read();
        Reading known = last;
        if (known != null && now - known.at() < GOOD_FOR.toNanos()) {
            return known.free();
        }
        Path there = existing(directory);
        // Not by the file store, which is sought in the table of mounts: a changed root, as of some containers, has
        // none.
        long free = there.toFile().getUsableSpace();
        if (free == 0 && !Files.isReadable(there)) {
            throw new IOException(there + " cannot be looked at");
        }
        last = new Reading(free, now);
        return free;
    }

    private static Path existing(Path directory) {
        Path path = directory;
        while (Files.notExists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }
}
