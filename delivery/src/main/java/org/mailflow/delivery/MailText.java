package org.mailflow.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.operation.MailDetails;
import org.mailflow.core.operation.QueuedMail;
import org.mailflow.james.LoopStamp;
import org.mailflow.james.MailFacts;
import org.mailflow.james.RouteStamp;

/** What an operator reads of a mail. */
final class MailText {

    private static final int LONGEST = 4_000;
    private static final int MOST_HEADERS = 500;
    /** Why a mail is in the poison repository; whatever else was noted on it is older. */
    private static final AttributeName POISON_REASON = AttributeName.of(Stamp.PREFIX + "poison.reason");

    private MailText() {}

    static MailDetails details(QueuedMail queued, Mail mail) {
        return new MailDetails(queued, attributes(mail), headers(mail));
    }

    /** What an operator did to a mail. */
    static MailEvent event(Mailflow mailflow, Mail mail, String reason) {
        return MailFacts.event(MailEvent.Type.OPERATED, mailflow, mail)
                .reason(reason)
                .build();
    }

    /** The mail's attributes, with the state and the error that James notes beside them. */
    static Map<String, String> attributes(Mail mail) {
        Map<String, String> texts = new TreeMap<>();
        mail.attributes()
                .filter(attribute -> !attribute.getName().equals(LoopStamp.MARK))
                .forEach(attribute -> texts.put(attribute.getName().asString(), shortened(text(attribute))));
        Optional.ofNullable(mail.getState()).ifPresent(state -> texts.put("state", state));
        Optional.ofNullable(mail.getErrorMessage()).ifPresent(error -> texts.put("errorMessage", shortened(error)));
        Optional.ofNullable(mail.getRemoteAddr()).ifPresent(address -> texts.put("remoteAddress", address));
        return texts;
    }

    /** Why a mail stands where it stands: the first of what was noted on it. */
    static Optional<String> reason(Mail mail) {
        return Stream.of(
                        AttributeUtils.getValueAndCastFromMail(mail, POISON_REASON, String.class),
                        Optional.ofNullable(mail.getErrorMessage()),
                        AttributeUtils.getValueAndCastFromMail(mail, AttributeName.of("delivery-error"), String.class),
                        Tries.lastReply(mail),
                        RouteStamp.of(mail).map(RouteStamp::reason))
                .flatMap(Optional::stream)
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(MailText::shortened);
    }

    private static String text(Attribute attribute) {
        return String.valueOf(attribute.getValue().getValue());
    }

    private static List<String> headers(Mail mail) {
        try {
            MimeMessage message = mail.getMessage();
            return message == null
                    ? List.of()
                    : new ArrayList<>(Collections.list(message.getAllHeaderLines()))
                            .stream()
                                    .limit(MOST_HEADERS)
                                    .map(MailText::shortened)
                                    .toList();
        } catch (MessagingException e) {
            return List.of("(the headers cannot be read: " + e.getMessage() + ")");
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
