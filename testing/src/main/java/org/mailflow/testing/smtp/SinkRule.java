package org.mailflow.testing.smtp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A rule for a {@link SmtpSink} in the making; it holds from the call that says what the sink is to do. The first rule
 * made that applies decides. A reply that begins with 2 or 3 changes only the words: the command takes effect. A reply
 * that begins with 421 closes the connection (RFC 5321 section 3.8).
 */
public final class SinkRule {
    private final SinkScript script;
    private final SmtpStage stage;
    private final String part;
    private final int mail;
    private final int uses;
    private final Duration delay;

    SinkRule(SinkScript script, SmtpStage stage) {
        this(script, stage, "", 0, Integer.MAX_VALUE, Duration.ZERO);
    }

    private SinkRule(SinkScript script, SmtpStage stage, String part, int mail, int uses, Duration delay) {
        this.script = script;
        this.stage = stage;
        this.part = part;
        this.mail = mail;
        this.uses = uses;
        this.delay = delay;
    }

    /** Limits the rule to command lines that contain a text, whatever the case: a recipient, for example. */
    public SinkRule containing(String text) {
        return new SinkRule(script, stage, text, mail, uses, delay);
    }

    /** Limits the rule to the n-th MAIL command that the sink sees; before MAIL, to the one that comes next. */
    public SinkRule forMail(int number) {
        return new SinkRule(script, stage, part, number, uses, delay);
    }

    /** Uses the rule up after so many times. */
    public SinkRule times(int count) {
        return new SinkRule(script, stage, part, mail, count, delay);
    }

    /** Lets the sink wait before it acts. */
    public SinkRule after(Duration wait) {
        return new SinkRule(script, stage, part, mail, uses, wait);
    }

    /** Replies so, CR LF is added. A text that contains CR LF is sent as it is, in one write. */
    public void reply(String reply) {
        make(reply, reply.startsWith("421"), false);
    }

    /** Replies so and closes the connection. */
    public void replyAndClose(String reply) {
        make(reply, true, false);
    }

    /** Closes the connection without a word. */
    public void close() {
        make(null, true, true);
    }

    /** Goes on as usual, after the delay. */
    public void proceed() {
        make(null, false, false);
    }

    private void make(@Nullable String reply, boolean close, boolean silent) {
        script.add(new SinkScript.Rule(stage, part, mail, uses, new SinkReaction(delay, reply, close, silent)));
    }
}
