package org.mailflow.assembly.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class DrainTest {
    private static final MailQueueName QUEUE = MailQueueName.of("spool");

    private final Drain drain = new Drain();

    /** Whoever works on an item gives it back where its queue would not forget it. */
    @Test
    void anItemIsDoneWithOnce() throws Exception {
        MailQueue.MailQueueItem failing = handOut(true);
        MailQueue.MailQueueItem inHand = handOut(false);

        assertThatThrownBy(() -> failing.done(MailQueue.MailQueueItem.CompletionStatus.SUCCESS))
                .isInstanceOf(MailQueue.MailQueueException.class);
        assertThatThrownBy(() -> failing.done(MailQueue.MailQueueItem.CompletionStatus.RETRY))
                .isInstanceOf(MailQueue.MailQueueException.class);
        boolean early = drain.close(Duration.ofMillis(50));
        inHand.done(MailQueue.MailQueueItem.CompletionStatus.SUCCESS);

        assertThat(early).isFalse();
        assertThat(drain.close(Duration.ofMillis(50))).isTrue();
    }

    private MailQueue.MailQueueItem handOut(boolean failing) throws Exception {
        Mail mail = MailImpl.builder().name("mail").build();
        MailQueue.MailQueueItem item = new MailQueue.MailQueueItem() {
            @Override
            public Mail getMail() {
                return mail;
            }

            @Override
            public void done(CompletionStatus status) throws MailQueue.MailQueueException {
                if (failing) {
                    throw new MailQueue.MailQueueException("the store is full");
                }
            }
        };
        return Optional.ofNullable(Flux.just(item)
                        .<MailQueue.MailQueueItem>handle((taken, sink) -> drain.pass(QUEUE, taken, sink))
                        .blockFirst())
                .orElseThrow();
    }
}
