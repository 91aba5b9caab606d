package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentOutputTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''             | .\\r\\n",
                "a              | a\\r\\n.\\r\\n",
                "a\\r\\n        | a\\r\\n.\\r\\n",
                ".\\r\\n        | ..\\r\\n.\\r\\n",
                "a\\r\\n.b\\r\\n | a\\r\\n..b\\r\\n.\\r\\n",
                "a\\n.\\nb      | a\\r\\n..\\r\\nb\\r\\n.\\r\\n",
                "a\\r.\\rb      | a . b\\r\\n.\\r\\n",
                "a\\n\\r.\\r\\nb | a\\r\\n .\\r\\nb\\r\\n.\\r\\n",
                "a\\r\\r\\nb    | a \\r\\nb\\r\\n.\\r\\n",
                "a\\r           | a \\r\\n.\\r\\n"
            })
    void letsNoContentEndTheMailBeforeItsEnd(String content, String expected) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        ContentOutput output = new ContentOutput(wire);

        output.write(unescape(content).getBytes(StandardCharsets.ISO_8859_1));
        output.end();

        assertThat(wire.toString(StandardCharsets.ISO_8859_1)).isEqualTo(unescape(expected));
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }
}
