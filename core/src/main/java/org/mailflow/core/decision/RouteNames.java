package org.mailflow.core.decision;

/** The words that explain, events and mail attributes use for locations. */
final class RouteNames {

    private RouteNames() {}

    static String word(RecipientLocation location) {
        if (location instanceof RecipientLocation.MailboxHere here) {
            return "mailbox here: " + here.address();
        }
        if (location instanceof RecipientLocation.OtherPremises other) {
            return "other premises: " + other.address();
        }
        if (location instanceof RecipientLocation.External external) {
            return "external: " + external.address();
        }
        if (location instanceof RecipientLocation.Group group) {
            return "group of " + group.members().size() + ": " + group.address();
        }
        return location instanceof RecipientLocation.Unknown ? "unknown" : "unavailable";
    }
}
