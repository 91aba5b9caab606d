package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.model.Premises;

/** On which side of its organization a recipient is. */
public enum RecipientSide {
    /** The mailbox is in the cloud. */
    CLOUD,
    /** The mailbox is on-premises. */
    ON_PREMISES,
    /** Outside of every organization here: an internet address, or a contact. */
    EXTERNAL,
    /** Nowhere: the address is certainly nobody's. */
    NOBODY;

    /**
     * The side of a resolved recipient. A group is where it is expanded, which is here.
     *
     * @return empty where it cannot be told now, because a directory is unavailable
     */
    public static Optional<RecipientSide> of(Resolution resolution) {
        RecipientLocation location = resolution.location();
        if (location instanceof RecipientLocation.Unavailable) {
            return Optional.empty();
        }
        if (location instanceof RecipientLocation.Unknown) {
            return Optional.of(NOBODY);
        }
        if (location instanceof RecipientLocation.External) {
            return Optional.of(EXTERNAL);
        }
        boolean here = location instanceof RecipientLocation.MailboxHere || location instanceof RecipientLocation.Group;
        return resolution
                .organization()
                .map(organization -> here
                        ? of(organization.premises())
                        : of(organization.premises().other()));
    }

    private static RecipientSide of(Premises premises) {
        return switch (premises) {
            case CLOUD -> CLOUD;
            case ON_PREMISES -> ON_PREMISES;
        };
    }
}
