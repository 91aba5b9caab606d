package org.mailflow.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.core.MailAddress;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.event.MailEvent;
import org.mailflow.james.HandedOn;
import org.mailflow.james.SampleFlow;
import reactor.core.publisher.Mono;

class RecordedStoreTest {

    private final List<MailEvent> events = new ArrayList<>();
    private final LiveMailflow live = SampleFlow.contoso().live();

    @Test
    void tellsOfACopyOnceItIsInTheMailbox() throws Exception {
        MailAddress chris = new MailAddress("chris@contoso.com");
        FakeMail mail = FakeMail.builder()
                .name("mail-1")
                .sender("erin@cpandl.com")
                .recipient(chris)
                .build();
        RecordedStore store = new RecordedStore((recipient, stored) -> Mono.empty(), () -> live, events::add);

        Mono.from(store.storeMail(chris, mail)).block();

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(MailEvent.Type.DELIVERED);
            assertThat(event.mailId()).contains("mail-1");
            assertThat(event.recipients()).containsExactly("chris@contoso.com");
            assertThat(event.peer()).isEmpty();
        });
    }

    @Test
    void notesACopyOnceItIsInTheMailboxWhateverBecomesOfTheEvent() throws Exception {
        MailAddress chris = new MailAddress("chris@contoso.com");
        MailAddress bob = new MailAddress("bob@contoso.com");
        FakeMail mail = FakeMail.builder().name("mail-1").recipients(chris, bob).build();
        RecordedStore store = new RecordedStore((recipient, stored) -> Mono.empty(), () -> live, event -> {
            throw new IllegalStateException("the log is full");
        });

        Mono.from(store.storeMail(chris, mail)).block();

        HandedOn.leaveTheOthers(mail, List.copyOf(mail.getRecipients()));
        assertThat(mail.getRecipients()).containsExactly(bob);
    }

    @Test
    void tellsNothingOfACopyThatIsNotInTheMailbox() throws Exception {
        MailAddress chris = new MailAddress("chris@contoso.com");
        FakeMail mail = FakeMail.builder().name("mail-1").recipient(chris).build();
        RecordedStore store = new RecordedStore(
                (recipient, stored) -> Mono.error(new IllegalStateException("over quota")), () -> live, events::add);

        assertThatThrownBy(() -> Mono.from(store.storeMail(chris, mail)).block())
                .hasMessage("over quota");
        assertThat(events).isEmpty();
    }
}
