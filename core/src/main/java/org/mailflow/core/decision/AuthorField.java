package org.mailflow.core.decision;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailflow.core.decision.RecipientDecision.Refused;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.Premises;

/**
 * Whether a mail says whom it is from: one From field with an address in it (RFC 5322, 3.6.2). Exchange Online refuses
 * incoming mail that does not; Exchange on-premises takes it, and so do both from the organization itself, whose devices often
 * leave it out.
 */
final class AuthorField {

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@]@[^\\s<>@]");

    private AuthorField() {}

    /**
     * Judges a mail at the end of DATA.
     *
     * @param from the values of its From fields as received
     * @return empty where the mail may pass
     */
    static Optional<Refused> judge(Attribution attribution, List<Resolution> recipients, List<String> from) {
        boolean inCloud = recipients.stream()
                .flatMap(recipient -> recipient.organization().stream())
                .map(Organization::premises)
                .anyMatch(Premises.CLOUD::equals);
        if (attribution.originator().isPresent() || !inCloud) {
            return Optional.empty();
        }
        if (from.size() != 1) {
            return refused("the mail has " + from.size() + " From fields instead of one");
        }
        return ADDRESS.matcher(from.get(0)).find() ? Optional.empty() : refused("the mail's From has no address");
    }

    private static Optional<Refused> refused(String why) {
        return Optional.of(new Refused(Reply.NO_AUTHOR, Reason.of(why)));
    }
}
