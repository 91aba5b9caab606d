package org.mailflow.core.explain;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Location;
import org.mailflow.core.decision.Reason;
import org.mailflow.core.decision.RecipientViews;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;
import org.mailflow.core.directory.SourceAnswer;
import org.mailflow.core.explain.LookupResult.Located;
import org.mailflow.core.explain.LookupResult.OfSource;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;

/** Asks an organization's directory as the server does, and tells which source said what. */
public final class Lookup {

    private Lookup() {}

    /**
     * Looks an address up in the directory of the organization that accepts its domain.
     *
     * @return nothing asked and nothing found, where nobody here does
     */
    public static LookupResult of(Mailflow mailflow, EmailAddress address) {
        return of(mailflow, address, mailflow.accepted(address.domain()).map(Mailflow.Accepted::organization));
    }

    /** Looks an address up in the directory of this organization, whoever accepts its domain. */
    public static LookupResult in(Organization organization, Mailflow mailflow, EmailAddress address) {
        return of(mailflow, address, Optional.of(organization));
    }

    private static LookupResult of(Mailflow mailflow, EmailAddress address, Optional<Organization> organization) {
        List<SourceAnswer> answers =
                organization.map(whose -> whose.directory().ask(address)).orElse(List.of());
        String outcome = answers.isEmpty()
                ? LookupResult.NOT_FOUND
                : word(answers.get(answers.size() - 1).answer());
        return new LookupResult(
                mailflow.generation(),
                address.toString(),
                organization.map(Organization::name),
                outcome,
                answers.stream().map(Lookup::ofSource).toList(),
                located(RecipientViews.of(mailflow, address)));
    }

    private static OfSource ofSource(SourceAnswer said) {
        Optional<Recipient> recipient = said.answer() instanceof DirectoryAnswer.Found found
                ? Optional.of(found.recipient())
                : Optional.empty();
        return new OfSource(
                said.source(),
                word(said.answer()),
                said.answer() instanceof DirectoryAnswer.Unavailable unavailable
                        ? Optional.of(unavailable.reason())
                        : Optional.empty(),
                said.age().map(age -> age.toSeconds()),
                said.standsInFor(),
                recipient.map(Recipient::primaryAddress).map(EmailAddress::toString),
                recipient.flatMap(Recipient::targetAddress).map(EmailAddress::toString),
                texts(recipient.map(Recipient::proxyAddresses).orElse(List.of())),
                texts(recipient
                        .flatMap(Recipient::expansion)
                        .map(Expansion::members)
                        .orElse(List.of())),
                recipient.flatMap(Recipient::expansion).map(Expansion::skipped).orElse(List.of()));
    }

    private static List<String> texts(List<EmailAddress> addresses) {
        return addresses.stream().map(EmailAddress::toString).toList();
    }

    private static Located located(RecipientViews.View view) {
        Reason reason = view.reason();
        return new Located(
                view.recipient().toString(),
                view.location(),
                reason.text(),
                reason.decidedBy().map(Location::toString),
                view.members().stream().map(Lookup::located).toList());
    }

    private static String word(DirectoryAnswer answer) {
        if (answer instanceof DirectoryAnswer.Found) {
            return LookupResult.FOUND;
        }
        return answer instanceof DirectoryAnswer.NotFound ? LookupResult.NOT_FOUND : LookupResult.UNAVAILABLE;
    }
}
