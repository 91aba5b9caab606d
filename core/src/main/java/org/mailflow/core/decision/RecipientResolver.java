package org.mailflow.core.decision;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.Recipient;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Mailflow.Accepted;
import org.mailflow.core.model.Organization;

/**
 * Tells what a recipient address stands for: the one function that RCPT, the spool and {@code explain} share. Resolving
 * the result again gives the same result.
 */
public final class RecipientResolver {

    private static final String POSTMASTER = "postmaster";

    private RecipientResolver() {}

    /** Resolves a recipient. */
    public static Resolution resolveRecipient(Mailflow mailflow, EmailAddress recipient) {
        return mailflow.accepted(recipient.domain())
                .map(accepted -> ofAcceptedDomain(mailflow, recipient, accepted))
                .or(() -> mailflow.targetDelivery(recipient.domain())
                        .map(organization -> ofTargetDeliveryDomain(recipient, organization)))
                .orElseGet(() -> new Resolution(
                        recipient,
                        Optional.empty(),
                        Optional.empty(),
                        new RecipientLocation.External(recipient),
                        Reason.of(recipient.domain() + " is no accepted domain")));
    }

    private static Resolution ofTargetDeliveryDomain(EmailAddress recipient, Organization organization) {
        return new Resolution(
                recipient,
                Optional.of(organization),
                Optional.empty(),
                new RecipientLocation.OtherPremises(recipient),
                Reason.of(
                        recipient.domain() + " is the target delivery domain of " + organization.name(),
                        organization.hybrid().location()));
    }

    private static Resolution ofAcceptedDomain(Mailflow mailflow, EmailAddress recipient, Accepted accepted) {
        DirectoryAnswer answer = accepted.organization().directory().find(recipient);
        if (answer instanceof DirectoryAnswer.Found found) {
            return known(mailflow, recipient, accepted, found.recipient());
        }
        if (answer instanceof DirectoryAnswer.Unavailable unavailable) {
            return resolution(
                    recipient,
                    accepted,
                    new RecipientLocation.Unavailable(unavailable.reason()),
                    "the directory of " + accepted.organization().name() + " is unavailable: " + unavailable.reason());
        }
        return givenSender(mailflow, recipient, accepted).orElseGet(() -> unknown(recipient, accepted));
    }

    /** The address may be a sender that we gave to a mail: what comes back is the first sender's (SRS). */
    private static Optional<Resolution> givenSender(Mailflow mailflow, EmailAddress recipient, Accepted accepted) {
        SrsCodec.Reading reading =
                SenderRewriting.codec(mailflow, accepted.organization()).read(recipient);
        if (reading instanceof SrsCodec.Reading.Foreign) {
            return Optional.empty();
        }
        if (reading instanceof SrsCodec.Reading.Refused refused) {
            return Optional.of(resolution(
                    recipient,
                    accepted,
                    new RecipientLocation.Unknown(),
                    recipient + " is no sender that " + accepted.organization().name() + " gave: " + refused.why()));
        }
        Resolution behind = reading instanceof SrsCodec.Reading.Original original
                ? firstSender(mailflow, original.sender(), accepted)
                : bounces(mailflow, recipient.domain(), accepted);
        return Optional.of(new Resolution(
                recipient,
                behind.organization(),
                behind.accepted(),
                behind.location(),
                new Reason(
                        accepted.organization().name() + " gave this sender to a mail of "
                                + (reading instanceof SrsCodec.Reading.Original ? behind.recipient() : "strangers")
                                + "; " + behind.reason().text(),
                        behind.reason().decidedBy())));
    }

    /** It belongs to the organization as a contact does, unless it is in somebody's domain here. */
    private static Resolution firstSender(Mailflow mailflow, EmailAddress sender, Accepted accepted) {
        Resolution resolution = resolveRecipient(mailflow, sender);
        return new Resolution(
                sender,
                resolution.organization().or(() -> Optional.of(accepted.organization())),
                resolution.accepted().or(() -> Optional.of(accepted)),
                resolution.location(),
                resolution.reason());
    }

    /** Where the first sender is not in the address, somebody of the organization reads what comes back. */
    private static Resolution bounces(Mailflow mailflow, DomainName domain, Accepted accepted) {
        EmailAddress mailbox = new EmailAddress(SrsCodec.BOUNCES, domain);
        boolean nobody = accepted.organization().directory().find(mailbox) instanceof DirectoryAnswer.NotFound;
        return ofAcceptedDomain(mailflow, nobody ? new EmailAddress(POSTMASTER, domain) : mailbox, accepted);
    }

    private static Resolution known(Mailflow mailflow, EmailAddress recipient, Accepted accepted, Recipient entry) {
        if (entry.expansion().isPresent()) {
            List<EmailAddress> members = entry.expansion().get().members();
            return resolution(
                    recipient,
                    accepted,
                    new RecipientLocation.Group(entry.primaryAddress(), members),
                    words(entry.primaryAddress(), members.size()));
        }
        Optional<EmailAddress> target = entry.targetAddress();
        if (target.isEmpty()) {
            return resolution(
                    recipient,
                    accepted,
                    new RecipientLocation.MailboxHere(entry.primaryAddress()),
                    "the mailbox of " + entry.primaryAddress() + " is here");
        }
        EmailAddress address = target.get();
        Organization organization = accepted.organization();
        boolean ours =
                organization.isTargetDeliveryDomain(address.domain()) || mailflow.owns(organization, address.domain());
        return ours
                ? resolution(
                        recipient,
                        accepted,
                        new RecipientLocation.OtherPremises(address),
                        "the mailbox of " + entry.primaryAddress() + " is " + onSide(organization)
                                + ", routing address " + address)
                : resolution(
                        recipient,
                        accepted,
                        new RecipientLocation.External(address),
                        entry.primaryAddress() + " is a contact, external address " + address);
    }

    private static String words(EmailAddress group, int members) {
        return switch (members) {
            case 0 -> group + " is a group without members";
            case 1 -> "mail for " + group + " goes on to another address";
            default -> "mail for " + group + " goes on to " + members + " addresses";
        };
    }

    private static Resolution unknown(EmailAddress recipient, Accepted accepted) {
        AcceptedDomain domain = accepted.acceptedDomain();
        String text = recipient + " is not in the directory of "
                + accepted.organization().name() + "; " + domain.name() + " is "
                + domain.type().word();
        RecipientLocation location =
                switch (domain.type()) {
                    case AUTHORITATIVE -> new RecipientLocation.Unknown();
                    case INTERNAL_RELAY -> new RecipientLocation.OtherPremises(recipient);
                    case EXTERNAL_RELAY -> new RecipientLocation.External(recipient);
                };
        String effect = domain.type() == AcceptedDomainType.AUTHORITATIVE ? "" : ": relayed";
        return resolution(recipient, accepted, location, text + effect);
    }

    private static Resolution resolution(
            EmailAddress recipient, Accepted accepted, RecipientLocation location, String text) {
        return new Resolution(
                recipient,
                Optional.of(accepted.organization()),
                Optional.of(accepted),
                location,
                Reason.of(text, accepted.acceptedDomain().location()));
    }

    private static String onSide(Organization organization) {
        return switch (organization.premises().other()) {
            case CLOUD -> "in the cloud";
            case ON_PREMISES -> "on-premises";
        };
    }
}
