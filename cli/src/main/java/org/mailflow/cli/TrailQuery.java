package org.mailflow.cli;

import java.util.stream.Stream;
import org.mailflow.core.event.MailEvent;

/**
 * What a mail is sought by.
 *
 * @param text the id of a mail or of a copy, a Message-ID, or the address of a sender or recipient
 */
record TrailQuery(String text) {

    boolean matches(MailEvent event) {
        return event.mailId()
                        .map(Kinship::root)
                        .filter(Kinship.root(text)::equals)
                        .isPresent()
                || event.messageId()
                        .map(Kinship::bare)
                        .filter(Kinship.bare(text)::equals)
                        .isPresent()
                || Stream.concat(event.sender().stream(), event.recipients().stream())
                        .anyMatch(text::equalsIgnoreCase);
    }
}
