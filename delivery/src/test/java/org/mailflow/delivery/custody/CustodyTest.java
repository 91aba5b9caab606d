package org.mailflow.delivery.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.FaultSchedule;
import org.mailflow.james.SampleFlow;

/** Whose fault it is that a mail does not go on. */
class CustodyTest {

    private static final FaultSchedule SCHEDULE =
            new FaultSchedule(List.of(Duration.ofSeconds(7), Duration.ofHours(1)), Optional.empty());

    private final InHand inHand = InHand.inMemory();
    private final List<Mail> setAside = new ArrayList<>();
    private final Custody custody = custody(SCHEDULE);
    private final MailQueue queue = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory())
            .createQueue(MailQueueFactory.SPOOL, MailQueueFactory.defaultPrefetchCount());

    private Custody custody(FaultSchedule schedule) {
        SampleFlow flow = SampleFlow.contoso();
        flow.faults(schedule);
        var live = flow.live();
        return new Custody(
                inHand,
                new FaultDesk(
                        mail -> {
                            setAside.add(mail);
                            return "memory://poison";
                        },
                        () -> live,
                        MailEvents.none(),
                        Clock.systemUTC()));
    }

    @Test
    void aQueueThatForgetsNoMailIsNoFaultOfTheMails() throws Exception {
        Mail mail = mail();
        MailQueueItem item = item(mail, new MailQueueException("no commit", new IOException("the store is full")));

        for (int i = 0; i < 10; i++) {
            assertThat(catchThrowable(() -> custody.handle(item, queue, working -> List.of())))
                    .isInstanceOfSatisfying(GiveBack.class, back -> assertThat(back.waitBefore())
                            .isEqualTo(Duration.ofSeconds(7)));
        }

        assertThat(inHand.endings(key(mail))).isZero();
        assertThat(setAside).isEmpty();
    }

    @Test
    void aMailThatNoQueueCanTakeIsCountedAndWaitsAsItsScheduleSaysButNoLongerThanAMinute() throws Exception {
        Mail mail = mail();
        MailQueueItem item =
                item(mail, new MailQueueException("no commit", new MessagingException("its content cannot be read")));

        Throwable first = catchThrowable(() -> custody.handle(item, queue, working -> List.of()));
        Throwable second = catchThrowable(() -> custody.handle(item, queue, working -> List.of()));

        assertThat(first).isInstanceOfSatisfying(GiveBack.class, back -> assertThat(back.waitBefore())
                .isEqualTo(Duration.ofSeconds(7)));
        assertThat(second).isInstanceOfSatisfying(GiveBack.class, back -> assertThat(back.waitBefore())
                .isEqualTo(Duration.ofMinutes(1)));
        assertThat(inHand.endings(key(mail))).isEqualTo(2);
    }

    @Test
    void theTrueCauseIsKeptWhereFewerTriesSetAMailAsideLater() throws Exception {
        Mail mail = mail();
        mail.setAttribute(new Attribute(AttributeName.of("org.mailflow.faults"), AttributeValue.of(5)));
        mail.setAttribute(new Attribute(AttributeName.of("org.mailflow.poison.reason"), AttributeValue.of("a bug")));
        mail.setAttribute(new Attribute(AttributeName.of("org.mailflow.poison.place"), AttributeValue.of("mailet X")));

        custody.handle(item(mail, null), queue, working -> List.of());

        assertThat(setAside).singleElement().satisfies(kept -> {
            assertThat(text(kept, "reason")).isEqualTo("a bug");
            assertThat(text(kept, "place")).isEqualTo("mailet X");
        });
    }

    @Test
    void aMailThatGoesOnForgetsWhatWasWrongWithIt() throws Exception {
        Mail mail = mail();
        mail.setAttribute(new Attribute(AttributeName.of("org.mailflow.poison.reason"), AttributeValue.of("a bug")));

        custody.handle(item(mail, null), queue, working -> List.of());

        assertThat(text(mail, "reason")).isEmpty();
    }

    private static String text(Mail mail, String name) {
        return AttributeUtils.getValueAndCastFromMail(
                        mail, AttributeName.of("org.mailflow.poison." + name), String.class)
                .orElse("");
    }

    private static InHand.Key key(Mail mail) {
        return new InHand.Key(MailQueueName.of("spool").asString(), mail.getName());
    }

    private static Mail mail() throws MessagingException {
        return FakeMail.builder()
                .name("mail-1")
                .sender("erin@cpandl.com")
                .recipient("chris@contoso.com")
                .state("root")
                .build();
    }

    private static MailQueueItem item(Mail mail, @Nullable MailQueueException onDone) {
        return new MailQueueItem() {
            @Override
            public Mail getMail() {
                return mail;
            }

            @Override
            public void done(CompletionStatus status) throws MailQueueException {
                if (onDone != null) {
                    throw onDone;
                }
            }
        };
    }
}
