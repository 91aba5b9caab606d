package org.mailflow.assembly.spool;

import java.util.List;
import javax.mail.MessagingException;
import org.apache.james.mailetcontainer.impl.MailetProcessorImpl;
import org.apache.james.mailetcontainer.impl.MatcherMailetPair;
import org.apache.james.mailetcontainer.impl.MatcherSplitter;
import org.apache.james.mailetcontainer.impl.ProcessorImpl;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.mailet.Mail;

/** A matcher and its mailet, run as James runs them: what they throw is handled as they are configured. */
final class Step {

    private final MatcherSplitter matcher;
    private final ProcessorImpl mailet;
    private final String matcherName;
    private final String mailetName;

    Step(MetricFactory metrics, MailetProcessorImpl processor, MatcherMailetPair pair) {
        this.matcher = new MatcherSplitter(metrics, processor, pair);
        this.mailet = new ProcessorImpl(metrics, processor, pair.getMailet());
        this.matcherName = pair.getMatcher().getClass().getName();
        this.mailetName = pair.getMailet().getClass().getName();
    }

    /** Splits a mail into what the matcher matches and the rest. */
    List<Mail> split(Mail mail) throws MessagingException {
        return matcher.split(mail);
    }

    /** Whether the matcher matched a part; asked once. */
    static boolean isMatched(Mail part) {
        return part.removeAttribute(MatcherSplitter.MATCHER_MATCHED_ATTRIBUTE).isPresent();
    }

    /** Gives a part to the mailet. */
    void process(Mail part) throws Exception {
        mailet.process(part);
    }

    String matcher() {
        return "matcher " + simple(matcherName);
    }

    String mailet() {
        return "mailet " + simple(mailetName);
    }

    /** Tells the step from others. */
    String fingerprint() {
        return matcherName + "/" + mailetName;
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
