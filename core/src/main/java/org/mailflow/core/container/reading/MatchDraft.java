package org.mailflow.core.container.reading;

import java.util.Optional;
import org.mailflow.core.container.settings.MatcherSpec;
import org.mailflow.core.container.settings.OwnMatchers;

/**
 * Which mails a mailet gets.
 *
 * @param matcher the matcher, as it is written
 * @param condition what stands behind the equals sign, without surrounding blanks
 * @param inverted whether it gets all other mails
 */
public record MatchDraft(String matcher, Optional<String> condition, boolean inverted) {

    private static final String ALL = "All";
    private static final String JAMES = "org.apache.james.transport.matchers.";

    /** What James takes where nothing is written. */
    static final MatchDraft EVERY_MAIL = new MatchDraft(ALL, Optional.empty(), false);

    /** Reads the text of an attribute {@code match} or {@code notmatch}. */
    static MatchDraft of(String text, boolean inverted) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new MatchDraft(text, Optional.empty(), inverted)
                : new MatchDraft(
                        text.substring(0, equals),
                        Optional.of(text.substring(equals + 1).strip()).filter(condition -> !condition.isEmpty()),
                        inverted);
    }

    /** Whether it is every mail with all its recipients. */
    public boolean isAll() {
        return !inverted && (matcher.equals(ALL) || matcher.equals(JAMES + ALL));
    }

    /** The matcher, if it is one of ours. */
    public Optional<MatcherSpec> own() {
        return OwnMatchers.named(matcher);
    }

    /** As it is written in the attribute. */
    @Override
    public String toString() {
        return (inverted ? "notmatch=\"" : "match=\"")
                + matcher
                + condition.map(text -> "=" + text).orElse("")
                + "\"";
    }
}
