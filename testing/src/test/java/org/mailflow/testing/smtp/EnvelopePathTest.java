package org.mailflow.testing.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopePathTest {
    @Test
    void readsAddressAndParameters() {
        assertThat(EnvelopePath.parse(" <a@b.test> SIZE=10  BODY=8BITMIME"))
                .hasValue(new EnvelopePath("a@b.test", List.of("SIZE=10", "BODY=8BITMIME")));
        assertThat(EnvelopePath.parse("<>")).hasValue(new EnvelopePath("", List.of()));
    }

    @Test
    void keepsABracketInAQuotedLocalPart() {
        assertThat(EnvelopePath.parse("<\"a>\\\" b\"@b.test> NOTIFY=NEVER"))
                .hasValue(new EnvelopePath("\"a>\\\" b\"@b.test", List.of("NOTIFY=NEVER")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a@b.test", "<a@b.test", "<\"a@b.test>", "<a\\"})
    void refusesWhatIsNoPath(String text) {
        assertThat(EnvelopePath.parse(text)).isEmpty();
    }
}
