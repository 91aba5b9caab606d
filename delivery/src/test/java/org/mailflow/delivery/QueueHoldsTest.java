package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.james.queue.api.MailQueueName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the field
class QueueHoldsTest {

    private static final MailQueueName PARTNER = MailQueueName.of("mailflow-out-contoso.partner");
    private static final MailQueueName CLOUD = MailQueueName.of("mailflow-out-contoso.to_20the_20cloud");

    @TempDir
    Path folder;

    @Test
    void remembersWhatIsHeldOverARestart() throws Exception {
        Path file = folder.resolve("data").resolve("queues-on-hold");
        QueueHolds before = QueueHolds.in(file);
        before.hold(PARTNER);
        before.hold(CLOUD);
        before.hold(CLOUD);
        before.release(PARTNER);

        QueueHolds after = QueueHolds.in(file);

        assertThat(after.isHeld(PARTNER)).isFalse();
        assertThat(after.isHeld(CLOUD)).isTrue();
        assertThat(Files.readAllLines(file)).containsExactly(CLOUD.asString());
    }

    @Test
    void forgetsTheLastOne() throws Exception {
        Path file = folder.resolve("queues-on-hold");
        QueueHolds before = QueueHolds.in(file);
        before.hold(PARTNER);
        before.release(PARTNER);

        assertThat(QueueHolds.in(file).isHeld(PARTNER)).isFalse();
        assertThat(file).isEmptyFile();
    }

    @Test
    void doesNotHoldWhatItCouldNotWriteDown() throws Exception {
        Path directory = Files.createDirectories(folder.resolve("queues-on-hold.new"));
        QueueHolds holds = QueueHolds.in(folder.resolve("queues-on-hold"));

        assertThatThrownBy(() -> holds.hold(PARTNER))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("queues on hold");
        assertThat(holds.isHeld(PARTNER)).isFalse();
        assertThat(directory).isEmptyDirectory();
    }
}
