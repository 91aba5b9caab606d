package org.mailflow.core.container.settings;

import java.util.Optional;
import org.mailflow.core.model.Mailflow;

/**
 * A matcher of Mailflow.
 *
 * @param className its class
 * @param rule what its condition must be
 */
public record MatcherSpec(String className, Rule rule) {

    /** Judges a condition. */
    @FunctionalInterface
    public interface Rule {
        /**
         * What is wrong with a condition.
         *
         * @param condition what stands behind the equals sign, without surrounding blanks; empty where nothing does
         * @param mailflow the configuration whose connectors it may name; empty where it is not known
         */
        Optional<Flaw> flaw(Optional<String> condition, Optional<Mailflow> mailflow);
    }

    /** What is wrong with a condition of this matcher; see {@link Rule}. */
    public Optional<Flaw> flaw(Optional<String> condition, Optional<Mailflow> mailflow) {
        return rule.flaw(condition, mailflow);
    }

    /** The name without its package. */
    public String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
