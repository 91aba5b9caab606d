package org.mailflow.core.directory;

import java.util.List;
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

    /**
     * Several directories as one: the first that knows an address counts. Where one before it cannot be asked, nothing
     * is known, since that one might have known the address.
     */
    static RecipientDirectory firstOf(List<? extends RecipientDirectory> directories) {
        List<RecipientDirectory> inOrder = List.copyOf(directories);
        return address -> inOrder.stream()
                .map(directory -> directory.find(address))
                .filter(answer -> !(answer instanceof DirectoryAnswer.NotFound))
                .findFirst()
                .orElseGet(DirectoryAnswer.NotFound::new);
    }
}
