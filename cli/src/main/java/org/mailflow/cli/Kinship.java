package org.mailflow.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailflow.core.event.MailEvent;

/**
 * Tells which events are about the same mail, while they pass by in their order. A copy bears the id of the mail that it
 * was split from, and more; a copy with an id of its own is known by its Message-ID, where it was never received itself.
 * Two mails that were both received stay two, whatever Message-ID they bear, for anybody may write any.
 */
final class Kinship {

    /** What James puts between the id of a mail and what tells its copies apart. */
    private static final Pattern COPY = Pattern.compile("-!|-to-");

    private static final int REMEMBERED = 100_000;

    private final Map<String, String> receivedByMessageId = recent();
    private final Map<String, String> adopted = recent();
    private long anonymous;

    /** The id of the mail that the event is about; an event before a mail has one is a matter of its own. */
    String familyOf(MailEvent event) {
        if (event.mailId().isEmpty()) {
            anonymous++;
            return "#" + anonymous;
        }
        String family = root(event.mailId().get());
        Optional<String> messageId = event.messageId().map(Kinship::bare);
        if (event.type() == MailEvent.Type.RECEIVED) {
            messageId.ifPresent(id -> receivedByMessageId.put(id, family));
            adopted.put(family, family);
            return family;
        }
        return adopted.computeIfAbsent(
                family, orphan -> messageId.map(receivedByMessageId::get).orElse(orphan));
    }

    /** The id without what tells copies apart. */
    static String root(String mailId) {
        return COPY.split(mailId, 2)[0];
    }

    /** A Message-ID without its angle brackets. */
    static String bare(String messageId) {
        return messageId.strip().replaceFirst("^<(.*)>$", "$1");
    }

    private static Map<String, String> recent() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
