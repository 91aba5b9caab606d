package org.mailflow.james;

import javax.mail.MessagingException;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Contacts;
import org.mailflow.core.decision.Stamp;

/** Lets a mail remember which of its recipients are contacts, from the mailet that readdresses to whatever routes it again. */
public final class ContactStamps {

    private static final AttributeName CONTACTS = AttributeName.of(Stamp.PREFIX + "contacts");

    private ContactStamps() {}

    /**
     * The contacts among a mail's recipients.
     *
     * @throws MessagingException where what the mail remembers is damaged: such a mail must wait, not pass
     */
    public static Contacts of(Mail mail) throws MessagingException {
        try {
            return AttributeUtils.getValueAndCastFromMail(mail, CONTACTS, String.class)
                    .map(Contacts::parse)
                    .orElse(Contacts.NONE);
        } catch (IllegalArgumentException e) {
            throw new MessagingException(
                    "the contacts of mail " + mail.getName() + " are damaged: " + e.getMessage(), e);
        }
    }

    /** Puts them on a mail; none leave no trace. */
    public static void put(Mail mail, Contacts contacts) {
        if (contacts.contacts().isEmpty()) {
            mail.removeAttribute(CONTACTS);
        } else {
            mail.setAttribute(new Attribute(CONTACTS, AttributeValue.of(contacts.toText())));
        }
    }
}
