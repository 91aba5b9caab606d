package org.mailflow.assembly.spool;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Stamp;

/**
 * A processor of {@code mailetcontainer.xml}.
 *
 * @param name its name, which is the state of the mails in it
 * @param steps its matchers and mailets, in order
 */
record Processor(String name, List<Step> steps) {

    private static final AttributeName RESUME = AttributeName.of(Stamp.PREFIX + "resume");

    Processor {
        steps = List.copyOf(steps);
    }

    /** Notes on a mail that it goes on with a step of this processor, so that no step before it is done twice. */
    void resumeAt(Mail mail, int step) {
        mail.setAttribute(new Attribute(RESUME, AttributeValue.of(step + " " + fingerprint())));
    }

    /** The step that a mail goes on with: the first, unless it was noted and the processor is as it was. */
    int takeResume(Mail mail) {
        String noted = AttributeUtils.getValueAndCastFromMail(mail, RESUME, String.class)
                .orElse("");
        mail.removeAttribute(RESUME);
        for (int step = 0; step < steps.size(); step++) {
            if (noted.equals(step + " " + fingerprint())) {
                return step;
            }
        }
        return 0;
    }

    private String fingerprint() {
        String all = steps.stream().map(Step::fingerprint).collect(Collectors.joining("\n", name + "\n", ""));
        return Integer.toHexString(all.hashCode());
    }
}
