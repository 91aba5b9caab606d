package org.mailflow.matchers;

import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.mailet.MatcherConfig;
import org.mailflow.core.container.settings.Flaw;
import org.mailflow.core.container.settings.MatcherSpec;
import org.mailflow.core.model.Mailflow;

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

    /**
     * Refuses what start-up checks refuse too.
     *
     * @param mailflow the configuration whose connectors it may name; empty where it names none
     */
    void refuseFlaws(MatcherSpec spec, Optional<Mailflow> mailflow) throws MessagingException {
        Optional<Flaw> flaw = spec.flaw(text(), mailflow);
        if (flaw.isPresent()) {
            throw refused(flaw.get());
        }
    }

    private MessagingException refused(Flaw flaw) {
        return new MessagingException("matcher " + config.getMatcherName() + ", condition '" + text().orElse("") + "': "
                + flaw.message() + "; " + flaw.remedy());
    }
}
