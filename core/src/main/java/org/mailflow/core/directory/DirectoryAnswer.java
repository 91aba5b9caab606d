package org.mailflow.core.directory;

/** What a directory says of an address: three cases, never two, since "I cannot tell" must not bounce mail. */
public sealed interface DirectoryAnswer {

    /**
     * The address is known.
     *
     * @param recipient whose it is
     */
    record Found(Recipient recipient) implements DirectoryAnswer {}

    /** The address is certainly nobody's. */
    record NotFound() implements DirectoryAnswer {}

    /**
     * The directory cannot be asked now.
     *
     * @param reason for the administrator
     */
    record Unavailable(String reason) implements DirectoryAnswer {}
}
