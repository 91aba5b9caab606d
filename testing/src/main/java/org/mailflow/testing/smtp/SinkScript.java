package org.mailflow.testing.smtp;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The rules of a sink in the order in which they were made; the first that applies decides. */
final class SinkScript {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    void add(Rule rule) {
        rules.add(rule);
    }

    void clear() {
        rules.clear();
    }

    SinkReaction reaction(SmtpStage stage, String line, int mail) {
        for (Rule rule : rules) {
            if (rule.applies(stage, line, mail) && rule.use()) {
                return rule.reaction;
            }
        }
        return SinkReaction.USUAL;
    }

    /** One rule; {@code mail} is 0 for any mail. */
    static final class Rule {
        private final SmtpStage stage;
        private final String part;
        private final int mail;
        private final AtomicInteger usesLeft;
        private final SinkReaction reaction;

        Rule(SmtpStage stage, String part, int mail, int uses, SinkReaction reaction) {
            this.stage = stage;
            this.part = part.toLowerCase(Locale.ROOT);
            this.mail = mail;
            this.usesLeft = new AtomicInteger(uses);
            this.reaction = reaction;
        }

        boolean applies(SmtpStage at, String line, int number) {
            return stage == at
                    && (mail == 0 || mail == number)
                    && line.toLowerCase(Locale.ROOT).contains(part);
        }

        boolean use() {
            return usesLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        }
    }
}
