package org.mailflow.core.directory;

import java.util.List;
import org.mailflow.core.address.EmailAddress;

/**
 * A source with a name of its own.
 *
 * @param name as administrators know it
 * @param directory the source
 */
record NamedDirectory(String name, RecipientDirectory directory) implements RecipientDirectory {

    @Override
    public DirectoryAnswer find(EmailAddress address) {
        return directory.find(address);
    }

    @Override
    public List<SourceAnswer> ask(EmailAddress address) {
        return directory.ask(address).stream()
                .map(answer -> new SourceAnswer(name, answer.answer(), answer.age(), answer.standsInFor()))
                .toList();
    }

    @Override
    public List<RecipientDirectory> parts() {
        return directory.parts();
    }
}
