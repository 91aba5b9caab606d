package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.event.MailEvent;

class TrailsTest {

    private static final Optional<String> FIRST = Optional.of("<1@cpandl.com>");
    private static final Optional<String> SECOND = Optional.of("<2@cpandl.com>");
    private static final String CHRIS = "chris@contoso.com";
    private static final String DAVID = "david@contoso.com";

    /** A mail that was split, one that waits, and a recipient that was refused. */
    private static TestEvents threeMatters() {
        return new TestEvents()
                .add(MailEvent.Type.RECEIVED, Optional.of("Mail1"), FIRST, CHRIS, DAVID)
                .add(MailEvent.Type.RECEIVED, Optional.of("Mail2"), SECOND, CHRIS)
                .add(MailEvent.Type.TRANSFERRED, Optional.of("Mail1-!7"), FIRST, DAVID)
                .add(MailEvent.Type.REFUSED, Optional.empty(), Optional.empty(), "nobody@contoso.com")
                .add(
                        MailEvent.Type.DELIVERED,
                        Optional.of("Mail1-!7-to-cloud"),
                        Optional.empty(),
                        "d@contoso.mail.example")
                .add(MailEvent.Type.DEFERRED, Optional.of("Mail2"), SECOND, CHRIS)
                .add(MailEvent.Type.DELIVERED, Optional.of("Mail1"), FIRST, CHRIS);
    }

    @Test
    void bringsAMailAndItsCopiesTogether(@TempDir Path folder) throws Exception {
        Trails trails = read(threeMatters(), folder, event -> true, 20);

        assertThat(trails.shown())
                .extracting(trail ->
                        trail.mailId().orElse("none") + " " + trail.events().size())
                .containsExactly("none 1", "Mail2 2", "Mail1 4");
        assertThat(trails.more()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mail1",
                "Mail1-!7",
                "Mail1-!7-to-cloud",
                "<1@cpandl.com>",
                "1@cpandl.com",
                "david@contoso.com",
                "David@Contoso.COM",
                "d@contoso.mail.example"
            })
    void findsAMailWholeByWhateverIsKnownOfIt(String sought, @TempDir Path folder) throws Exception {
        Trails trails = read(threeMatters(), folder, new TrailQuery(sought)::matches, 20);

        assertThat(trails.shown()).singleElement().satisfies(trail -> {
            assertThat(trail.mailId()).contains("Mail1");
            assertThat(trail.events()).hasSize(4);
        });
    }

    @Test
    void findsEveryMailOfASender(@TempDir Path folder) throws Exception {
        assertThat(read(threeMatters(), folder, new TrailQuery("erin@cpandl.com")::matches, 20)
                        .shown())
                .hasSize(3);
    }

    @Test
    void knowsACopyWithAnIdOfItsOwnByItsMessageId(@TempDir Path folder) throws Exception {
        TestEvents events = new TestEvents()
                .add(MailEvent.Type.RECEIVED, Optional.of("Mail1"), FIRST, CHRIS, DAVID)
                .add(MailEvent.Type.ROUTED, Optional.of("Other"), FIRST, DAVID)
                .add(MailEvent.Type.DELIVERED, Optional.of("Other"), Optional.empty(), DAVID);

        assertThat(read(events, folder, new TrailQuery("Mail1")::matches, 20).shown())
                .singleElement()
                .extracting(trail -> trail.events().size())
                .isEqualTo(3);
    }

    @Test
    void keepsTwoMailsApartThatBearOneMessageId(@TempDir Path folder) throws Exception {
        TestEvents events = new TestEvents()
                .add(MailEvent.Type.RECEIVED, Optional.of("Mail1"), FIRST, CHRIS)
                .add(MailEvent.Type.RECEIVED, Optional.of("Mail2"), FIRST, DAVID)
                .add(MailEvent.Type.DELIVERED, Optional.of("Mail1"), FIRST, CHRIS);

        assertThat(read(events, folder, event -> true, 20).shown())
                .extracting(trail ->
                        trail.mailId().orElse("none") + " " + trail.events().size())
                .containsExactly("Mail2 1", "Mail1 2");
    }

    @Test
    void showsTheLastMailsWholeAndSaysThatThereAreMore(@TempDir Path folder) throws Exception {
        Trails trails = read(threeMatters(), folder, event -> true, 1);

        assertThat(trails.shown()).singleElement().satisfies(trail -> {
            assertThat(trail.mailId()).contains("Mail1");
            assertThat(trail.events()).hasSize(4);
        });
        assertThat(trails.more()).isTrue();
    }

    private static Trails read(TestEvents events, Path folder, Predicate<MailEvent> sought, int last)
            throws IOException {
        return Trails.read(List.of(events.writeTo(folder.resolve("mail.log"))), sought, last);
    }
}
