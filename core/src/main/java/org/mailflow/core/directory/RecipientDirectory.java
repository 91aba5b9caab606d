package org.mailflow.core.directory;

import org.mailflow.core.address.EmailAddress;

/** A source of recipients. Implementations are safe for use by many threads. */
public interface RecipientDirectory {

    /**
     * Looks an address up: as primary, proxy or target address, without regard to case.
     *
     * @return found, not found or unavailable; never an exception for a fault of the source
     */
    DirectoryAnswer find(EmailAddress address);

    /** A directory without recipients. */
    static RecipientDirectory empty() {
        return address -> new DirectoryAnswer.NotFound();
    }
}
