package org.mailflow.james;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Stamp;

/** Writes what the SMTP session found out into a mail's attributes, and reads it back. */
public final class Stamps {

    private Stamps() {}

    /** Puts a stamp on a mail; whatever the mail had of one before is gone. */
    public static void put(Mail mail, Stamp stamp) {
        Stamp.ATTRIBUTES.forEach(name -> mail.removeAttribute(AttributeName.of(name)));
        stamp.toAttributes()
                .forEach((name, value) ->
                        mail.setAttribute(new Attribute(AttributeName.of(name), AttributeValue.of(value))));
    }

    /**
     * The stamp of a mail.
     *
     * @return empty where this server made the mail
     * @throws IllegalArgumentException where a stamp is there, but damaged
     */
    public static Optional<Stamp> of(Mail mail) {
        Map<String, String> attributes = new HashMap<>();
        Stamp.ATTRIBUTES.forEach(
                name -> AttributeUtils.getValueAndCastFromMail(mail, AttributeName.of(name), String.class)
                        .ifPresent(value -> attributes.put(name, value)));
        return Stamp.fromAttributes(attributes);
    }
}
