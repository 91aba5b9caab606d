package org.mailflow.delivery.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class QueueWorkersTest {

    private static final int CONCURRENCY = 2;
    private static final int MAILS = 10;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger givenBack = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void aMailThatWaitsToBeGivenBackKeepsItsPlace() {
        QueueWorkers workers = new QueueWorkers(
                queue(),
                CONCURRENCY,
                "test",
                item -> {
                    throw GiveBack.after(Duration.ofMillis(50), new MessagingException("no place"));
                },
                new Pulse(CONCURRENCY, false));

        workers.start();
        Awaitility.await().atMost(SOON).until(() -> givenBack.get() == MAILS);
        workers.stop();
        workers.awaitEnd(SOON);

        assertThat(most).hasValueLessThanOrEqualTo(CONCURRENCY);
    }

    private MailQueue queue() {
        Flux<MailQueueItem> items = Flux.<MailQueueItem>generate(sink -> sink.next(item()))
                .take(MAILS)
                .concatWith(Flux.never());
        return (MailQueue) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailQueue.class}, (proxy, method, a) -> {
                    return method.getName().equals("deQueue") ? items : MailQueueName.of("spool");
                });
    }

    private MailQueueItem item() {
        int outstanding = taken.incrementAndGet() - givenBack.get();
        most.accumulateAndGet(outstanding, Math::max);
        Mail mail;
        try {
            mail = FakeMail.builder().name("mail-" + taken.get()).build();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
        return new MailQueueItem() {
            @Override
            public Mail getMail() {
                return mail;
            }

            @Override
            public void done(CompletionStatus status) {
                givenBack.incrementAndGet();
            }
        };
    }
}
