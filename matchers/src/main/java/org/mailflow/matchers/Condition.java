package org.mailflow.matchers;

import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.mailet.MatcherConfig;

/** What stands behind the matcher's name in {@code mailetcontainer.xml}. */
final class Condition {

    private final MatcherConfig config;

    Condition(MatcherConfig config) {
        this.config = config;
    }

    /** The condition without surrounding blanks; empty where there is none. */
    Optional<String> text() {
        return Optional.ofNullable(config.getCondition()).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Refuses any condition, of a matcher that takes none. */
    void mustBeAbsent() throws MessagingException {
        if (text().isPresent()) {
            throw refused("takes no condition", "write match=\"" + config.getMatcherName() + "\" alone");
        }
    }

    /** Why the condition is refused, and how to mend it. */
    MessagingException refused(String flaw, String remedy) {
        return new MessagingException("matcher " + config.getMatcherName() + ", condition '" + text().orElse("") + "': "
                + flaw + "; " + remedy);
    }
}
