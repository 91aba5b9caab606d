package org.mailflow.core.directory;

/** Opens the sources that a configuration names. Core itself opens none. */
@FunctionalInterface
public interface DirectorySources {

    /**
     * Opens a source. Nothing is connected before the first look-up, so a server that is down keeps nobody from
     * starting; a source with the same settings as an open one is that one.
     */
    RecipientDirectory open(RecipientSource source);

    /** What can be opened without a server: nothing. Each source answers that it was not asked. */
    static DirectorySources offline() {
        return source -> {
            DirectoryAnswer answer =
                    new DirectoryAnswer.Unavailable(source.title() + " is asked by a running server, not offline");
            return address -> answer;
        };
    }
}
