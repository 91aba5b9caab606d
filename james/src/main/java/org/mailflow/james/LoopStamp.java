package org.mailflow.james;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;
import javax.mail.Header;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.LoopHeader;
import org.mailflow.core.decision.LoopMarks;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.model.Mailflow;

/** What a mail has on it to find loops: in its header the marks of earlier visits, as an attribute the mark to be written. */
public final class LoopStamp {

    /** The mark itself: digests, which tell a person nothing. */
    public static final AttributeName MARK = AttributeName.of(Stamp.PREFIX + "loopMark");
    /** Somebody who sends a mail again that was returned has mended what made it a loop. */
    private static final AttributeName ENDED = AttributeName.of(Stamp.PREFIX + "loopEnded");

    private LoopStamp() {}

    /**
     * Reads the marks that a mail arrived with.
     *
     * @return none where the mail was returned as a loop and is routed again: an operator wants it so
     */
    public static LoopMarks marks(Mail mail, Mailflow mailflow, Optional<Stamp> stamp) throws MessagingException {
        LoopHeader header = header(mail);
        return mail.getAttribute(ENDED).isPresent()
                ? LoopMarks.none(mailflow, header)
                : LoopMarks.of(mailflow, header, stamp);
    }

    private static LoopHeader header(Mail mail) throws MessagingException {
        MimeMessage message = mail.getMessage();
        if (message == null) {
            return LoopHeader.EMPTY;
        }
        List<Entry<String, String>> fields = new ArrayList<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            fields.add(Map.entry(header.getName(), Objects.requireNonNullElse(header.getValue(), "")));
        }
        return LoopHeader.of(fields);
    }

    /**
     * Notes on a copy the mark that it leaves with; whatever was noted before is gone.
     *
     * @param lines of the header fields; none for a copy that does not leave
     * @param ended whether the copy is returned as a loop
     */
    public static void put(Mail mail, List<String> lines, boolean ended) {
        mail.removeAttribute(MARK);
        mail.removeAttribute(ENDED);
        if (!lines.isEmpty()) {
            mail.setAttribute(new Attribute(MARK, AttributeValue.of(String.join("\n", lines))));
        }
        if (ended) {
            mail.setAttribute(new Attribute(ENDED, AttributeValue.of(true)));
        }
    }

    /** The mark that a mail leaves with: lines of header fields, with line ends; empty for none. */
    public static String mark(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, MARK, String.class)
                .map(lines -> lines.replace("\n", "\r\n") + "\r\n")
                .orElse("");
    }
}
