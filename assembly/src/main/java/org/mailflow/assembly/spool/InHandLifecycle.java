package org.mailflow.assembly.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.annotation.PreDestroy;
import org.mailflow.delivery.custody.InHand;

/** Opens the notes of mail in hand, and closes them when the server stops. */
final class InHandLifecycle {
    private final Path notes;
    private Optional<InHand> opened = Optional.empty();

    InHandLifecycle(Path notes) {
        this.notes = notes;
    }

    synchronized InHand open() throws IOException {
        InHand inHand = InHand.in(notes);
        opened = Optional.of(inHand);
        return inHand;
    }

    @PreDestroy
    synchronized void stop() {
        opened.ifPresent(InHand::close);
    }
}
