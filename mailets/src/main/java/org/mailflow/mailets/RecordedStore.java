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
import org.mailflow.james.MailFacts;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** A store of mail that tells of every copy that is in it. */
final class RecordedStore implements MailStore {

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
        return Mono.from(store.storeMail(recipient, mail)).doOnSuccess(stored -> record(recipient, mail));
    }

    private void record(MailAddress recipient, Mail mail) {
        Mailflow mailflow = live.get().current();
        events.record(MailFacts.event(MailEvent.Type.DELIVERED, mailflow, mail, List.of(recipient))
                .reason("it is in the mailbox")
                .build());
    }
}
