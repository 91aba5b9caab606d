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

    /** The same, with what each source said that was asked for it, in order; the last answer counts. */
    default List<SourceAnswer> ask(EmailAddress address) {
        return List.of(SourceAnswer.fresh("directory", find(address)));
    }

    /** The sources that it is made of; itself where it is one. */
    default List<RecipientDirectory> parts() {
        return List.of(this);
    }

    /** A directory without recipients. */
    static RecipientDirectory empty() {
        return address -> new DirectoryAnswer.NotFound();
    }

    /** A source with the name that administrators know it by. */
    static RecipientDirectory named(String name, RecipientDirectory directory) {
        return new NamedDirectory(name, directory);
    }

    /**
     * Several directories as one: the first that knows an address counts. Where one before it cannot be asked, nothing
     * is known, since that one might have known the address.
     */
    static RecipientDirectory firstOf(List<? extends RecipientDirectory> directories) {
        return new DirectoriesInOrder(List.copyOf(directories));
    }
}
