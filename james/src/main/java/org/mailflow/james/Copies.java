package org.mailflow.james;

import java.util.UUID;
import org.apache.mailet.Mail;

/** Names copies of mails. */
public final class Copies {

    private static final int BASE = 80;
    private static final int RANDOM = 13;

    private Copies() {}

    /**
     * A name for a copy of a mail. Repositories keep mails by name, so two copies never share one, not even where a mail
     * is split a second time after a fault; and a name does not grow without end.
     */
    public static String newName(Mail mail) {
        String name = mail.getName();
        String base = name.length() > BASE ? name.substring(0, BASE) : name;
        return base + "-" + UUID.randomUUID().toString().substring(0, RANDOM);
    }
}
