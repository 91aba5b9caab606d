package org.mailflow.smtp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;

/** Keeps events for a test to look at. */
final class RecordedEvents implements MailEvents {

    private final List<MailEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void record(MailEvent event) {
        events.add(event);
    }

    List<MailEvent> all() {
        return List.copyOf(events);
    }

    MailEvent last() {
        return events.get(events.size() - 1);
    }

    void clear() {
        events.clear();
    }
}
