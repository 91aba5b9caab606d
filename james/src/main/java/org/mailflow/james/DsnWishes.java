package org.mailflow.james;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.mailflow.core.notification.NotifyOn;

/** Reads what the sender of a mail asked to be told of it (RFC 3461). */
public final class DsnWishes {

    private DsnWishes() {}

    /** What he asked to be told of a recipient; empty where he left it to the servers. */
    public static Optional<Set<NotifyOn>> of(Mail mail, MailAddress recipient) {
        return parameters(mail, recipient)
                .flatMap(RecipientDsnParameters::getNotifyParameter)
                .map(words -> words.stream()
                        .map(word -> NotifyOn.valueOf(word.name()))
                        .collect(Collectors.toSet()));
    }

    /** The recipients as he had them (ORCPT), by the addresses that the mail has now; those that are known. */
    public static Map<String, String> originalRecipients(Mail mail) {
        Map<String, String> originals = new HashMap<>();
        mail.getRecipients().forEach(recipient -> parameters(mail, recipient)
                .flatMap(RecipientDsnParameters::getOrcptParameter)
                .ifPresent(original -> originals.put(recipient.asString(), original.asString())));
        return originals;
    }

    /** His own id of the mail (ENVID), decoded. */
    public static Optional<String> envelopeId(Mail mail) {
        return mail.dsnParameters()
                .flatMap(DsnParameters::getEnvIdParameter)
                .map(id -> DsnParameters.XText.decode(id.asString()));
    }

    /** Whether he wants a mail that fails back as a whole (RET=FULL); empty where he left it to the servers. */
    public static Optional<Boolean> wantsItBackAsAWhole(Mail mail) {
        return mail.dsnParameters().flatMap(DsnParameters::getRetParameter).map(DsnParameters.Ret.FULL::equals);
    }

    private static Optional<RecipientDsnParameters> parameters(Mail mail, MailAddress recipient) {
        return mail.dsnParameters()
                .map(parameters -> parameters.getRcptParameters().get(recipient));
    }
}
