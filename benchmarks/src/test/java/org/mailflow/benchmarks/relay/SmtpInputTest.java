package org.mailflow.benchmarks.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpInputTest {

    @ParameterizedTest
    @CsvSource({
        "'.\r\nQUIT\r\n', 0",
        "'a\r\n.\r\nQUIT\r\n', 3",
        "'a\r\n\r\n.\r\nQUIT\r\n', 5",
        "'a\r\n..\r\n.\r\nQUIT\r\n', 7",
        "'a\r\n.b\r\n.\r\nQUIT\r\n', 7",
        "'a\r\r\n.\r\nQUIT\r\n', 4",
        "'a.\r\n\n.\r\n\r\n.\r\nQUIT\r\n', 10",
    })
    void aContentEndsAtALineWithADotAlone(String sent, int octets) throws Exception {
        SmtpInput input = new SmtpInput(new OneByOne(sent));

        int counted = input.content();

        assertThat(counted).isEqualTo(octets);
        assertThat(input.line()).isEqualTo("QUIT");
    }

    @Test
    void readsLinesAsTheyAre() throws Exception {
        SmtpInput input = new SmtpInput(new ByteArrayInputStream("EHLO a\r\n\r\nb\nrest".getBytes(US_ASCII)));

        assertThat(input.line()).isEqualTo("EHLO a");
        assertThat(input.hasMore()).isTrue();
        assertThat(input.line()).isEmpty();
        assertThat(input.line()).isEqualTo("b");
        assertThatThrownBy(input::line).isInstanceOf(EOFException.class);
    }

    /** A stream that has never more than one octet at hand. */
    private static final class OneByOne extends ByteArrayInputStream {

        private OneByOne(String text) {
            super(text.getBytes(US_ASCII));
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(1, length));
        }
    }
}
