package org.mailflow.core.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailflow.core.address.EmailAddress;

class RecipientDirectoryTest {

    private static final EmailAddress CHRIS = EmailAddress.parse("chris@contoso.com");
    private static final DirectoryAnswer HERE = found(Optional.empty());
    private static final DirectoryAnswer THERE = found(Optional.of(EmailAddress.parse("chris@contoso.example")));
    private static final DirectoryAnswer UNAVAILABLE = new DirectoryAnswer.Unavailable("down");
    private static final DirectoryAnswer NOT_FOUND = new DirectoryAnswer.NotFound();

    @Test
    void theFirstOfSeveralThatKnowsCounts() {
        assertThat(ofSeveral(NOT_FOUND, HERE, THERE)).isEqualTo(HERE);
        assertThat(ofSeveral(HERE, UNAVAILABLE)).isEqualTo(HERE);
        assertThat(ofSeveral(NOT_FOUND, NOT_FOUND)).isEqualTo(NOT_FOUND);
        assertThat(ofSeveral()).isEqualTo(NOT_FOUND);
    }

    @Test
    void whatOneBeforeMightHaveKnownIsNotToBeTold() {
        assertThat(ofSeveral(NOT_FOUND, UNAVAILABLE, HERE)).isEqualTo(UNAVAILABLE);
        assertThat(ofSeveral(UNAVAILABLE, NOT_FOUND)).isEqualTo(UNAVAILABLE);
    }

    private static DirectoryAnswer ofSeveral(DirectoryAnswer... answers) {
        List<RecipientDirectory> directories = List.of(answers).stream()
                .<RecipientDirectory>map(answer -> address -> answer)
                .toList();
        return RecipientDirectory.firstOf(directories).find(CHRIS);
    }

    private static DirectoryAnswer found(Optional<EmailAddress> target) {
        return new DirectoryAnswer.Found(new Recipient(CHRIS, target, List.of()));
    }
}
