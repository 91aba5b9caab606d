package org.mailflow.testing.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailContentTest {
    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void readsUnfoldedHeadersTopDown(String end) {
        MailContent mail = content(
                String.join(end, "Received: from b", "\tby c", "received:from a", "Subject: x", "", "Received: body"));

        assertThat(mail.headers("Received")).containsExactly("from b\tby c", "from a");
        assertThat(mail.header("SUBJECT")).hasValue("x");
        assertThat(mail.header("To")).isEmpty();
        assertThat(mail.body()).isEqualTo("Received: body");
    }

    @Test
    void hasNoBodyWithoutAnEmptyLine() {
        assertThat(content("Subject: x\r\n").body()).isEmpty();
    }

    private static MailContent content(String text) {
        return new MailContent(text.getBytes(ISO_8859_1));
    }
}
