package org.mailflow.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchedEventsTest {

    private final List<MailEvent> recorded = new ArrayList<>();
    private final List<MailEvent> seen = new ArrayList<>();
    private final WatchedEvents events = new WatchedEvents(recorded::add);

    @Test
    void tellsOfTheEventsOfOneMailAsLongAsItIsWatched() {
        MailEvent before = event("<1@contoso.com>");
        MailEvent during = event("<1@contoso.com>");
        MailEvent other = event("<2@contoso.com>");
        MailEvent after = event("<1@contoso.com>");

        events.record(before);
        try (WatchedEvents.Watch watch = events.watch("<1@contoso.com>", seen::add)) {
            assertThat(watch).isNotNull();
            events.record(during);
            events.record(other);
        }
        events.record(after);

        assertThat(seen).containsExactly(during);
        assertThat(recorded).containsExactly(before, during, other, after);
    }

    private static MailEvent event(String messageId) {
        return MailEvent.builder(MailEvent.Type.DELIVERED, "mail.contoso.com")
                .messageId(Optional.of(messageId))
                .build();
    }
}
