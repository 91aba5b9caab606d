package org.mailflow.testing.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailflow.testing.peers.RequiresPeer;

class HeaderReaderTest {
    private static final List<byte[]> MAILS = List.of(
            bytes("X-One: 1\r\nX-One: 1\r\nX-TWO: =?utf-8?q?zwei?=\r\n folded\r\n\r\nX-Three: 3\r\n"),
            bytes("X-Four: 4\r\n\r\n"));

    @Test
    @RequiresPeer("python3")
    void pythonReadsEveryMailInBothWays() throws IOException {
        List<Map<String, List<ReadField>>> headers = HeaderReader.python().read(MAILS);

        assertThat(headers).hasSize(2);
        assertThat(headers.get(0)).containsOnlyKeys("Python, compat32", "Python, default");
        assertThat(headers.get(0).get("Python, default"))
                .containsExactly(new ReadField("X-One", "1", 2), new ReadField("X-TWO", "zwei folded", 1));
        assertThat(headers.get(1).get("Python, compat32")).containsExactly(new ReadField("X-Four", "4", 1));
    }

    @Test
    @RequiresPeer("mailparser")
    void mailparserReadsEveryMailInBothWays() throws IOException {
        List<Map<String, List<ReadField>>> headers = HeaderReader.mailparser().read(MAILS);

        assertThat(headers).hasSize(2);
        assertThat(headers.get(0)).containsOnlyKeys("mailparser, lines", "mailparser, values");
        assertThat(headers.get(0).get("mailparser, values"))
                .containsExactly(new ReadField("x-one", "1", 2), new ReadField("x-two", "zwei folded", 1));
        assertThat(headers.get(1).get("mailparser, lines")).containsExactly(new ReadField("x-four", " 4", 1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
