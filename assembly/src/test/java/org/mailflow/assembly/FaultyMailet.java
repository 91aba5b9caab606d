package org.mailflow.assembly;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;

/** Does to mail what a broken mailet does: which kind of broken is the first word of the subject. */
public final class FaultyMailet extends GenericMailet {

    /** The status of a process that a mail ended. */
    static final int HALTED = 99;

    /** For James, which makes it by name. */
    public FaultyMailet() {}

    @Override
    public void service(Mail mail) throws MessagingException {
        String subject = String.valueOf(mail.getMessage().getSubject());
        switch (subject.toLowerCase(Locale.ROOT).split(" ", 2)[0]) {
            case "overflow" -> overflow(0);
            case "memory" -> throw new OutOfMemoryError("simulated");
            case "class" -> throw new NoSuchMethodError("a library of another version");
            case "exception" -> throw new MessagingException("a directory is down");
            case "runtime" -> throw new IllegalStateException("a bug");
            case "recipients" -> {
                mail.setRecipients(List.of());
                throw new MessagingException("after it had taken the recipients away");
            }
            case "halt" -> Runtime.getRuntime().halt(HALTED);
            case "nested" -> read(mail);
            case "block" -> block();
            default -> {
                // It works for all other mail.
            }
        }
    }

    private static void block() throws MessagingException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("the server stops", e);
        }
    }

    private static int overflow(int depth) {
        return depth < 0 ? 0 : overflow(depth + 1) + overflow(depth + 2);
    }

    private static void read(Mail mail) throws MessagingException {
        try {
            walk(mail.getMessage().getContent());
        } catch (IOException e) {
            throw new MessagingException("it cannot be read", e);
        }
    }

    private static int walk(Object content) throws IOException, MessagingException {
        if (content instanceof javax.mail.internet.MimeMultipart parts) {
            int depth = 0;
            for (int i = 0; i < parts.getCount(); i++) {
                depth = Math.max(depth, walk(parts.getBodyPart(i).getContent()));
            }
            return depth + 1;
        }
        return 0;
    }

    /** A matcher that is as broken. */
    public static final class Matcher extends org.apache.mailet.base.GenericMatcher {

        /** For James, which makes it by name. */
        public Matcher() {}

        @Override
        public Collection<MailAddress> match(Mail mail) throws MessagingException {
            if (String.valueOf(mail.getMessage().getSubject()).startsWith("matcher")) {
                throw new StackOverflowError("in a matcher");
            }
            return mail.getRecipients();
        }
    }
}
