package org.mailflow.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    private static final Pattern GRAMMAR = Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*"
            + "(?=[a-z0-9-]*[a-z-])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contoso.com",
                "CONTOSO.COM",
                "a.b-c.example",
                "xn--bcher-kva.example",
                "_smtp.x.example",
                "localhost"
            })
    void takesNamesInAnyCase(String text) {
        assertThat(DomainName.parse(text).value()).isEqualTo(text.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "contoso.com.",
                ".contoso.com",
                "a..b",
                "-a.com",
                "a-.com",
                "127.0.0.1",
                "10",
                "b\u00fccher.example",
                "contoso.com\0.evil.example",
                "contoso com",
                "contoso.com,evil.example",
                "\u212a.example"
            })
    void refusesWhatIsNoName(String text) {
        assertThatThrownBy(() -> DomainName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write it like contoso.com");
    }

    @Property(tries = 20_000)
    void agreesWithTheGrammar(
            @ForAll
                    @StringLength(max = 12)
                    @Chars({'.', '-', '_', 'A', ' '})
                    @CharRange(from = 'a', to = 'c')
                    @CharRange(from = '0', to = '1')
                    String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (GRAMMAR.matcher(lower).matches()) {
            assertThat(DomainName.parse(text).value()).isEqualTo(lower);
        } else {
            assertThatThrownBy(() -> DomainName.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
