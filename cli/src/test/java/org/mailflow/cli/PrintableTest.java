package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "'\u001B[31mred', '\\u001B[31mred'",
        "'\u009B31m', '\\u009B31m'",
        "'a\r\nb', 'a\\u000D\\u000Ab'",
        "'a\tb', 'a\\u0009b'",
        "'\u0007\u007F\u0000', '\\u0007\\u007F\\u0000'",
        "'\u202Etxt.exe', '\\u202Etxt.exe'",
        "'\u2066a\u2069', '\\u2066a\\u2069'",
        "'a\u2028b', 'a\\u2028b'",
        "'a\u00A0b', 'a\\u00A0b'",
        "'\u200Bzero', '\\u200Bzero'",
        "'\uFEFFmark', '\\uFEFFmark'",
        "'\uD800', '\\uD800'",
        "'\uE000', '\\uE000'",
        "'\uDB40\uDC41', '\\U000E0041'",
    })
    void showsWhatDoesMoreThanToBeSeen(String raw, String shown) {
        assertThat(Printable.of(raw).text()).isEqualTo(shown);
    }

    @Test
    void leavesWritingAsItIs() {
        String text = "Gr\u00FC\u00DFe an \u65E5\u672C \uD83D\uDE00 <chris@contoso.com>";

        assertThat(Printable.of(text).text()).isEqualTo(text);
    }
}
