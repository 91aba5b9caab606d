package org.mailflow.delivery;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.OutgoingHeader;

/** Writes MAIL and RCPT with the parameters that the host understands (RFC 1870, 3461, 6152, 6531; Exchange's XOORG). */
final class EnvelopeCommands {

    private static final String UTF8 = "SMTPUTF8";
    private static final String XOORG = "XOORG";

    private final Mail mail;
    private final SmtpSession session;
    private final Optional<DsnParameters> dsn;
    private final Optional<String> originatorOrg;

    EnvelopeCommands(Mail mail, SmtpSession session, OutgoingHeader header) {
        this.mail = mail;
        this.session = session;
        this.originatorOrg =
                header.toOtherPremises() && session.offers(XOORG) ? header.originatorOrg() : Optional.empty();
        this.dsn = session.offers("DSN") ? mail.dsnParameters() : Optional.empty();
    }

    /** Why a recipient's address cannot be sent to the host; empty where it can. */
    Optional<Outcome> flaw(MailAddress recipient) {
        String addresses = mail.getMaybeSender().asString() + recipient.asString();
        if (addresses.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            return Optional.of(new Outcome.Failed(553, "553 5.1.3 the address has a control character in it"));
        }
        return isAscii(addresses) || session.offers(UTF8)
                ? Optional.empty()
                : Optional.of(new Outcome.Failed(553, "553 5.6.7 the next host does not take addresses beyond ASCII"));
    }

    String mailFrom(ContentFacts content, Collection<MailAddress> recipients) {
        StringBuilder line = new StringBuilder("MAIL FROM:<")
                .append(mail.getMaybeSender()
                        .asOptional()
                        .map(DomainLiterals::path)
                        .orElse(""))
                .append('>');
        if (session.offers("SIZE")) {
            line.append(" SIZE=").append(content.size());
        }
        if (content.isEightBit() && session.offers("8BITMIME")) {
            line.append(" BODY=8BITMIME");
        }
        boolean ascii = isAscii(mail.getMaybeSender().asString(""))
                && recipients.stream().allMatch(recipient -> isAscii(recipient.asString()));
        if (!ascii) {
            line.append(' ').append(UTF8);
        }
        dsn.flatMap(DsnParameters::getRetParameter)
                .ifPresent(ret -> line.append(" RET=").append(ret));
        dsn.flatMap(DsnParameters::getEnvIdParameter)
                .ifPresent(id -> line.append(" ENVID=").append(id.asString()));
        originatorOrg.ifPresent(
                domain -> line.append(' ').append(XOORG).append('=').append(domain));
        return line.toString();
    }

    String rcptTo(MailAddress recipient) {
        StringBuilder line = new StringBuilder("RCPT TO:<")
                .append(DomainLiterals.path(recipient))
                .append('>');
        Optional<RecipientDsnParameters> wishes =
                dsn.map(parameters -> parameters.getRcptParameters().get(recipient));
        wishes.flatMap(RecipientDsnParameters::getNotifyParameter).ifPresent(notify -> line.append(" NOTIFY=")
                .append(notify.stream()
                        .map(word -> word.name().toUpperCase(Locale.ROOT))
                        .collect(Collectors.joining(","))));
        wishes.flatMap(RecipientDsnParameters::getOrcptParameter).ifPresent(original -> line.append(" ORCPT=rfc822;")
                .append(DsnParameters.XText.encode(original.asString())));
        return line.toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
