package org.mailflow.core.config.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentVariablesTest {

    private final EnvironmentVariables variables =
            new EnvironmentVariables(Map.of("HOST", "mail.contoso.com", "EMPTY", "", "TRICKY", "$1 ${env:HOST} \\"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | plain",
                "$5 and $ | $5 and $",
                "${env:HOST} | mail.contoso.com",
                "a-${env:HOST}:${env:PORT:-25}-b | a-mail.contoso.com:25-b",
                "${env:HOST:-other} | mail.contoso.com",
                "${env:EMPTY:-other} | other",
                "x${env:EMPTY}x | xx",
                "x${env:PORT:-}x | xx",
                "${env:URL:-a:-b} | a:-b",
                "${env:TRICKY} | $1 ${env:HOST} \\",
            })
    void putsValuesIn(String text, String expected) {
        assertThat(variables.replaceIn(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${env:PORT}",
                "${HOST}",
                "${sys:user.home}",
                "${env:}",
                "${env:1}",
                "${env:HOST",
                "${env:PORT:-${env:HOST}}",
                "${env:HOST:other}",
                "${}",
                "${jndi:ldap://127.0.0.1/a}",
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> variables.replaceIn(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
