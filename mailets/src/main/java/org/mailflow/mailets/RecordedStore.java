package org.mailflow.mailets;

import java.util.List;
import javax.inject.Provider;
import org.apache.james.core.MailAddress;
import org.apache.james.transport.mailets.delivery.MailStore;
import org.apache.mailet.Mail;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.HandedOn;
import org.mailflow.james.MailFacts;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A store of mail that notes every copy that is in it, on the mail and as an event. */
final class RecordedStore implements MailStore {

    private static final Logger LOGGER = LoggerFactory.getLogger(RecordedStore.class);

    private final MailStore store;
    private final Provider<LiveMailflow> live;
    private final MailEvents events;

    RecordedStore(MailStore store, Provider<LiveMailflow> live, MailEvents events) {
        this.store = store;
        this.live = live;
        this.events = events;
    }

    @Override
    public Publisher<Void> storeMail(MailAddress recipient, Mail mail) {
        return Mono.from(store.storeMail(recipient, mail)).doOnSuccess(stored -> {
            HandedOn.add(mail, List.of(recipient));
            record(recipient, mail);
        });
    }

    /** The copy is in its mailbox: nothing that goes wrong here may put a second one there. */
    private void record(MailAddress recipient, Mail mail) {
        try {
            Mailflow mailflow = live.get().current();
            events.record(MailFacts.event(MailEvent.Type.DELIVERED, mailflow, mail, List.of(recipient))
                    .reason("it is in the mailbox")
                    .build());
        } catch (RuntimeException | Error e) {
            LOGGER.error("Nothing can be told of mail {}", mail.getName(), e);
        }
    }
}
