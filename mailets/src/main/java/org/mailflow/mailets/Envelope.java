package org.mailflow.mailets;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.james.Addresses;

/** Reads and changes a mail's envelope. */
final class Envelope {

    private Envelope() {}

    /** An address as core has it; empty for one that core does not take, for example with a domain literal. */
    static Optional<EmailAddress> read(MailAddress address) {
        try {
            return Optional.of(Addresses.toCore(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The sender; empty for the null sender, and for one that core does not take. */
    static Optional<EmailAddress> sender(Mail mail) {
        return mail.getMaybeSender().asOptional().flatMap(Envelope::read);
    }

    /** A copy of a mail with another sender: whatever comes back goes there. Headers stay as they are. */
    static Mail withSender(Mail mail, EmailAddress sender) throws MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        copy.setSender(Addresses.toJames(sender));
        return copy;
    }

    /**
     * Gives recipients new addresses: two that become one are one, and one may become several. What the sender asked of
     * a recipient (RFC 3461) and the headers meant for it go with it; its old address becomes the original recipient.
     *
     * @param addresses all recipients of the mail afterwards, by their addresses before; in order
     */
    static void readdress(Mail mail, SetMultimap<MailAddress, MailAddress> addresses) {
        SetMultimap<MailAddress, MailAddress> changed = LinkedHashMultimap.create(addresses);
        changed.entries().removeIf(entry -> entry.getKey().equals(entry.getValue()));
        mail.setRecipients(distinct(addresses.values()));
        if (!changed.isEmpty()) {
            moveHeaders(mail, changed);
            mail.dsnParameters().ifPresent(parameters -> mail.setDsnParameters(moved(parameters, changed)));
        }
    }

    /** One of each address, as core compares them; the first one stays. */
    private static List<MailAddress> distinct(Collection<MailAddress> addresses) {
        Map<Object, MailAddress> distinct = new LinkedHashMap<>();
        addresses.forEach(address ->
                distinct.putIfAbsent(read(address).<Object>map(core -> core).orElse(address), address));
        return new ArrayList<>(distinct.values());
    }

    private static void moveHeaders(Mail mail, SetMultimap<MailAddress, MailAddress> changed) {
        PerRecipientHeaders headers = mail.getPerRecipientSpecificHeaders();
        changed.forEach((before, after) -> List.copyOf(headers.getHeadersForRecipient(before))
                .forEach(header -> mail.addSpecificHeaderForRecipient(header, after)));
    }

    private static DsnParameters moved(DsnParameters parameters, SetMultimap<MailAddress, MailAddress> changed) {
        Map<MailAddress, RecipientDsnParameters> wishes = new HashMap<>(parameters.getRcptParameters());
        changed.asMap().forEach((before, after) -> {
            RecipientDsnParameters wish = wishes.remove(before);
            if (wish != null) {
                RecipientDsnParameters moved = withOriginal(wish, before);
                after.forEach(address -> wishes.putIfAbsent(address, moved));
            }
        });
        return parameters.withRcptParameters(wishes);
    }

    private static RecipientDsnParameters withOriginal(RecipientDsnParameters wish, MailAddress before) {
        MailAddress original = wish.getOrcptParameter().orElse(before);
        return wish.getNotifyParameter()
                .map(notify -> RecipientDsnParameters.of(notify, original))
                .orElseGet(() -> RecipientDsnParameters.of(original));
    }
}
