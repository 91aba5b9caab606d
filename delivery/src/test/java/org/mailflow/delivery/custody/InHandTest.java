package org.mailflow.delivery.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InHandTest {

    private static final InHand.Key MAIL = new InHand.Key("spool", "Mail1-ü !+ =\n/x");
    private static final InHand.Key OTHER = new InHand.Key("spool", "Mail2");

    private final Path file;

    InHandTest(@TempDir Path directory) {
        this.file = directory.resolve("in-hand");
    }

    @Test
    void aMailThatWasInHandAtTheEndHasOneEndingMoreAtEachStart() throws IOException {
        for (int start = 0; start < 3; start++) {
            InHand inHand = InHand.in(file);
            assertThat(inHand.endings(MAIL)).isEqualTo(start);
            assertThat(inHand.begin(MAIL)).isTrue();
        }
    }

    @Test
    void aMailThatWasDoneWithHasNone() throws IOException {
        InHand before = InHand.in(file);
        before.begin(MAIL);
        before.begin(OTHER);
        before.end(MAIL);

        InHand after = InHand.in(file);

        assertThat(after.endings(MAIL)).isZero();
        assertThat(after.endings(OTHER)).isEqualTo(1);
        after.begin(OTHER);
        after.end(OTHER);
        assertThat(InHand.in(file).endings(OTHER)).isZero();
    }

    @Test
    void theSameNameInAnotherQueueIsAnotherMail() throws IOException {
        InHand.in(file).begin(new InHand.Key("spool", "Mail1"));

        InHand after = InHand.in(file);

        assertThat(after.endings(new InHand.Key("mailflow-mx", "Mail1"))).isZero();
        assertThat(after.endings(new InHand.Key("spool", "Mail1"))).isEqualTo(1);
    }

    @Test
    void oneCopyThatIsDoneWithLeavesTheOtherOfItsNameInHand() throws IOException {
        InHand before = InHand.in(file);
        before.begin(MAIL);
        before.begin(MAIL);
        before.end(MAIL);

        assertThat(InHand.in(file).endings(MAIL)).isEqualTo(1);
    }

    /** What a crash may leave at the end of the file, or a machine that lost its power anywhere in it. */
    @ParameterizedTest
    @ValueSource(strings = {"+spool/Mail", "-spo", "=", "\0\0\0\0", "\0\0\n", "nonsense\n", "=x spool/Mail1\n", "\n\n"})
    void aTornLineHarmsNoOther(String torn) throws IOException {
        InHand before = InHand.in(file);
        before.begin(OTHER);
        before.close();
        Files.writeString(file, torn, StandardOpenOption.APPEND);

        InHand after = InHand.in(file);

        assertThat(after.endings(OTHER)).isEqualTo(1);
        assertThat(after.begin(MAIL)).isTrue();
        assertThat(InHand.in(file).endings(MAIL)).isEqualTo(1);
    }

    @Test
    void theFileStaysSmallHoweverManyMailsPass() throws IOException {
        InHand inHand = InHand.in(file);
        inHand.begin(OTHER);

        for (int i = 0; i < 30_000; i++) {
            InHand.Key key = new InHand.Key("mailflow-out-contoso.to_20the_20cloud", "Mail1764259000000-" + i);
            inHand.begin(key);
            inHand.end(key);
        }

        assertThat(file).satisfies(notes -> assertThat(Files.size(notes)).isLessThan(1_200_000));
        assertThat(InHand.in(file).endings(OTHER)).isEqualTo(1);
    }

    @Test
    void ofTheMailsThatWereInHandAtTwoEndingsOneIsTriedAtATime() throws IOException {
        for (int start = 0; start < 2; start++) {
            InHand inHand = InHand.in(file);
            assertThat(inHand.begin(MAIL)).isTrue();
            assertThat(inHand.begin(OTHER)).isTrue();
        }

        InHand third = InHand.in(file);

        assertThat(third.begin(MAIL)).isTrue();
        assertThat(third.begin(OTHER)).isFalse();
        assertThat(third.begin(new InHand.Key("spool", "Mail3"))).isTrue();
        third.end(MAIL);
        assertThat(third.begin(OTHER)).isTrue();
    }

    @Test
    void aMailThatHadToBeGivenBackHasOneEndingMore() throws IOException {
        InHand inHand = InHand.in(file);
        inHand.begin(MAIL);
        inHand.failed(MAIL);

        assertThat(inHand.endings(MAIL)).isEqualTo(1);
        assertThat(InHand.in(file).endings(MAIL)).isEqualTo(1);
    }

    @Test
    void withoutAFileNothingOutlivesTheProcess() {
        InHand inHand = InHand.inMemory();

        assertThat(inHand.begin(MAIL)).isTrue();
        inHand.end(MAIL);

        assertThat(inHand.endings(MAIL)).isZero();
    }
}
