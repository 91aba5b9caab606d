package org.mailflow.core.directory;

import org.mailflow.core.config.Location;

/** A source of recipients that is not a file: asked while mail waits for the answer, and so at times unavailable. */
public sealed interface RecipientSource {

    /** The source, as an administrator knows it. */
    String title();

    /**
     * A directory server.
     *
     * @param settings how to ask it
     * @param location where it is configured
     */
    record Ldap(LdapSettings settings, Location location) implements RecipientSource {
        @Override
        public String title() {
            return "ldap " + settings.name();
        }
    }

    /**
     * James' own users, and its table of aliases, groups and forwards.
     *
     * @param location where it is configured
     */
    record JamesUsers(Location location) implements RecipientSource {
        @Override
        public String title() {
            return "jamesUsers";
        }
    }
}
