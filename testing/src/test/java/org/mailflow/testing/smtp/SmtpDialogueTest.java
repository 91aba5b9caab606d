package org.mailflow.testing.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpDialogueTest {
    @ParameterizedTest
    @CsvSource({
        "550 5.7.1 Relay denied, 550, true",
        "550 5.7.1 Relay denied, 550 5.7.1, true",
        "550 5.7.1 Relay denied, 550 5.7.1 Relay, true",
        "550 5.7.133 Relay denied, 550 5.7.1, false",
        "5501 odd, 550, false",
        "550 5.7.1 Relay denied, 550 5.7.1 Rel, false",
        "250, 250, true",
        "250-first, 250, true",
        "450 4.7.1, 550, false"
    })
    void comparesAPrefixUpToTheEndOfAWord(String reply, String prefix, boolean expected) {
        assertThat(new SmtpReply(List.of(reply)).startsWith(prefix)).isEqualTo(expected);
    }

    @Test
    void readsTheCodeOfAReply() {
        assertThat(new SmtpReply(List.of("250-a", "250 b")).code()).isEqualTo(250);
        assertThat(new SmtpReply(List.of("250")).code()).isEqualTo(250);
        assertThat(new SmtpReply(List.of("nonsense")).code()).isZero();
    }

    @Test
    void showsTheSessionWhenAnExpectationFails() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            smtp.expect("220").send("NOOP");

            assertThatThrownBy(() -> smtp.expect("550 5.7.1"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("expected a reply that begins with \"550 5.7.1\"; the session:\n"
                            + "S: 220 sink.test ESMTP\nC: NOOP\nS: 250 2.0.0 OK");
            smtp.send("NOOP");
            assertThatThrownBy(() -> smtp.expectMatching("250")).hasMessageContaining("matches \"250\"");
            smtp.send("NOOP");
            assertThatThrownBy(smtp::expectClosed).hasMessageContaining("expected the end");
        }
    }
}
