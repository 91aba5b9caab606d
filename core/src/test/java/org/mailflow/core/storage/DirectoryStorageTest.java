package org.mailflow.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStorageTest {

    private static final long BIG = 64L * 1024L * 1024L;

    private final AtomicLong now = new AtomicLong();

    @Test
    void tellsTheRoomOfTheDirectorysFileSystem(@TempDir Path directory) throws IOException {
        long free = storage(directory).free();

        assertThat(free).isPositive();
        assertThat(free).isLessThanOrEqualTo(Files.getFileStore(directory).getTotalSpace());
    }

    @Test
    void tellsItOfADirectoryThatIsNotYetThere(@TempDir Path directory) throws IOException {
        assertThat(storage(directory.resolve("data/queue")).free()).isPositive();
    }

    @Test
    void asksAgainAfterASecond(@TempDir Path directory) throws IOException {
        DirectoryStorage storage = storage(directory);
        long before = storage.free();
        Files.write(directory.resolve("big"), new byte[(int) BIG]);

        long atOnce = storage.free();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        long later = storage.free();

        assertThat(atOnce).isEqualTo(before);
        assertThat(later).isNotEqualTo(before);
    }

    private DirectoryStorage storage(Path directory) {
        return new DirectoryStorage(directory, new Ticker() {
            @Override
            public long read() {
                return now.get();
            }
        });
    }
}
