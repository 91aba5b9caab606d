package org.mailflow.core.directory;

import java.util.ArrayList;
import java.util.List;
import org.mailflow.core.address.EmailAddress;

/**
 * Several directories as one.
 *
 * @param directories in the order in which they are asked
 */
record DirectoriesInOrder(List<RecipientDirectory> directories) implements RecipientDirectory {

    private static final DirectoryAnswer NOT_FOUND = new DirectoryAnswer.NotFound();

    @Override
    public DirectoryAnswer find(EmailAddress address) {
        for (RecipientDirectory directory : directories) {
            DirectoryAnswer answer = directory.find(address);
            if (!(answer instanceof DirectoryAnswer.NotFound)) {
                return answer;
            }
        }
        return NOT_FOUND;
    }

    @Override
    public List<SourceAnswer> ask(EmailAddress address) {
        List<SourceAnswer> answers = new ArrayList<>();
        for (RecipientDirectory directory : directories) {
            answers.addAll(directory.ask(address));
            boolean known = !answers.isEmpty()
                    && !(answers.get(answers.size() - 1).answer() instanceof DirectoryAnswer.NotFound);
            if (known) {
                break;
            }
        }
        return answers;
    }

    @Override
    public List<RecipientDirectory> parts() {
        return directories.stream()
                .flatMap(directory -> directory.parts().stream())
                .toList();
    }
}
