package org.mailflow.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mailflow.core.mime.SevenBitCopy;
import org.mailflow.core.model.EightBitConversion;
import org.mailflow.james.HandedOn;
import org.mailflow.james.LoopStamp;

/**
 * Hands one mail to one host in one transaction (RFC 5321, 3.3), and tells of each recipient what became of it. One
 * transaction carries every recipient's own wishes for status notifications (RFC 3461).
 */
final class SmtpTransaction {

    /** So many commands, and their replies, fit into the buffers of both ends. */
    private static final int AT_ONCE = 50;

    private static final int UNKNOWN_PARAMETER = 555;
    private static final String NO_CONVERSION = "554 5.6.3 Conversion required but not supported: the mail ";

    private final SmtpSession session;
    private final Mail mail;
    private final ConnectorPolicy policy;
    private final Map<MailAddress, Outcome> outcomes = new LinkedHashMap<>();
    private boolean inDoubt;

    private SmtpTransaction(SmtpSession session, Mail mail, ConnectorPolicy policy) {
        this.session = session;
        this.policy = policy;
        this.mail = mail;
    }

    /**
     * Hands the mail over for these recipients; never throws for a fault of the host. For whom the host has the mail is
     * noted on the mail as soon as the host has said so.
     *
     * @throws MessagingException where the mail cannot be read. That, and any other fault of this server's own, says
     *     nothing about the mail's recipients; whoever ends the session makes the host forget what it has of the mail
     * @throws StaleSession where the session served other mails before, and the host does not begin this one in it
     */
    static Map<MailAddress, Outcome> run(
            SmtpSession session, Mail mail, Collection<MailAddress> recipients, ConnectorPolicy policy)
            throws MessagingException, StaleSession {
        SmtpTransaction transaction = new SmtpTransaction(session, mail, policy);
        session.beginMail();
        try {
            transaction.hand(List.copyOf(recipients));
        } catch (IOException e) {
            session.broke(String.valueOf(e.getMessage()));
            transaction.rest(recipients, new Outcome.Deferred(String.valueOf(e.getMessage()), !transaction.inDoubt));
        }
        return transaction.outcomes;
    }

    private void hand(List<MailAddress> recipients) throws IOException, MessagingException, StaleSession {
        MimeMessage message = mail.getMessage();
        Content bytes = out -> MailOctets.write(message, out);
        ContentFacts content = facts(bytes);
        if (content.hasEightBitBody() && !session.offers("8BITMIME")) {
            SevenBitCopy.Result copy = inSevenBits(bytes);
            if (copy instanceof SevenBitCopy.Impossible impossible) {
                rest(recipients, new Outcome.Failed(554, NO_CONVERSION + impossible.why()));
                return;
            }
            byte[] converted = ((SevenBitCopy.Converted) copy).message();
            bytes = out -> out.write(converted);
            content = facts(bytes);
        }
        EnvelopeCommands commands = new EnvelopeCommands(mail, session, policy.header(mail, session.facts()));
        List<MailAddress> sound = new ArrayList<>();
        for (MailAddress recipient : recipients) {
            commands.flaw(recipient).ifPresentOrElse(flaw -> outcomes.put(recipient, flaw), () -> sound.add(recipient));
        }
        if (sound.isEmpty()) {
            return;
        }
        Envelope envelope = new Envelope(commands, content, sound);
        SmtpReply sender = begin(envelope);
        if (!sender.isPositive()) {
            rest(recipients, Outcome.ofRefusal(sender));
            return;
        }
        List<MailAddress> accepted = new ArrayList<>();
        for (MailAddress recipient : sound) {
            SmtpReply reply = envelope.nextReply();
            if (reply.isPositive()) {
                accepted.add(recipient);
            } else {
                // RFC 5321, 4.5.3.1.10: 552 to RCPT means "too many recipients", as 452 does.
                outcomes.put(
                        recipient,
                        reply.code() == 552 ? new Outcome.Deferred(reply.toString(), true) : Outcome.ofRefusal(reply));
            }
        }
        if (!accepted.isEmpty()) {
            data(bytes, accepted);
        }
    }

    private SevenBitCopy.Result inSevenBits(Content content) throws MessagingException {
        if (policy.eightBitConversion() == EightBitConversion.REJECT) {
            return new SevenBitCopy.Impossible("is 8-bit, and the next host takes none (8BITMIME)");
        }
        try {
            return content.inSevenBits();
        } catch (IOException e) {
            throw new MessagingException("the mail cannot be read", e);
        }
    }

    private ContentFacts facts(Content content) throws MessagingException {
        try {
            return ContentFacts.of(content, LoopStamp.mark(mail).length());
        } catch (IOException e) {
            throw new MessagingException("the mail cannot be read", e);
        }
    }

    private void data(Content bytes, List<MailAddress> accepted) throws IOException, MessagingException {
        SmtpReply go = command("DATA");
        if (go.code() != 354) {
            rest(
                    accepted,
                    go.code() >= 400 ? Outcome.ofRefusal(go) : new Outcome.Deferred("DATA answered " + go, true));
            return;
        }
        boolean whole = false;
        try {
            ContentOutput content = new ContentOutput(session.connection().content());
            content.write(LoopStamp.mark(mail).getBytes(StandardCharsets.US_ASCII));
            HeaderOutput withHeader = new HeaderOutput(policy.header(mail, session.facts())::rewrite, content);
            bytes.writeTo(withHeader);
            withHeader.end();
            inDoubt = true;
            content.end();
            whole = true;
        } finally {
            if (!whole) {
                // Without the final dot the host forgets what it has: half a mail must never look like a whole one.
                session.connection().close();
            }
        }
        SmtpReply end = session.connection().endContent();
        inDoubt = false;
        if (end.isPositive()) {
            session.tookMail();
            HandedOn.add(mail, accepted);
        }
        rest(
                accepted,
                end.isPositive()
                        ? new Outcome.Delivered(end.toString(), session.offers("DSN"))
                        : Outcome.ofRefusal(end));
    }

    private SmtpReply begin(Envelope envelope) throws IOException, StaleSession {
        if (session.isNew()) {
            return envelope.begin();
        }
        try {
            SmtpReply reply = envelope.begin();
            // 555: what the host offered when the session began it does not offer any more.
            if (!reply.isPositive() && (!reply.isPermanentFailure() || reply.code() == UNKNOWN_PARAMETER)) {
                throw new StaleSession(reply.toString());
            }
            return reply;
        } catch (IOException e) {
            throw new StaleSession(String.valueOf(e.getMessage()));
        }
    }

    /** The commands before the content: where the host offers PIPELINING, many in one go. */
    private final class Envelope {
        private final EnvelopeCommands commands;
        private final ContentFacts content;
        private final List<MailAddress> recipients;
        private final boolean pipelined = session.offers("PIPELINING");
        private int sent;
        private int answered;

        Envelope(EnvelopeCommands commands, ContentFacts content, List<MailAddress> recipients) {
            this.commands = commands;
            this.content = content;
            this.recipients = recipients;
        }

        /** MAIL, and its reply. */
        SmtpReply begin() throws IOException {
            List<String> lines = new ArrayList<>();
            lines.add(commands.mailFrom(content, recipients));
            if (pipelined) {
                lines.addAll(nextRecipients());
            }
            session.connection().send(lines);
            return checked(session.connection().reply());
        }

        /** The reply to the next RCPT, in order. */
        SmtpReply nextReply() throws IOException {
            if (answered == sent) {
                session.connection().send(nextRecipients());
            }
            answered++;
            return checked(session.connection().reply());
        }

        private List<String> nextRecipients() {
            int end = pipelined ? Math.min(recipients.size(), sent + AT_ONCE) : sent + 1;
            List<String> lines =
                    recipients.subList(sent, end).stream().map(commands::rcptTo).toList();
            sent = end;
            return lines;
        }
    }

    private SmtpReply command(String line) throws IOException {
        return checked(session.connection().command(line));
    }

    private static SmtpReply checked(SmtpReply reply) throws IOException {
        if (reply.code() == 421) {
            throw new IOException(reply.toString());
        }
        return reply;
    }

    private void rest(Collection<MailAddress> recipients, Outcome outcome) {
        recipients.forEach(recipient -> outcomes.putIfAbsent(recipient, outcome));
    }
}
