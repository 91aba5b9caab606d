package org.mailflow.core.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsVersionTest {

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_1_3",
        "tlsv1.2, TLS_1_2",
        "TLS1.1,  TLS_1_1",
        "1.2,     TLS_1_2",
        "1.0,     TLS_1_0",
        "TLSv1,   TLS_1_0",
        "TLS1.0,  TLS_1_0",
        "SSLv3,   SSL_3"
    })
    void readsAVersionAsPeopleWriteIt(String text, TlsVersion expected) {
        assertThat(TlsVersion.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.4", "TLS", "v1.2", "TLSv1.2.1", "SSL", "2"})
    void readsNothingElse(String text) {
        assertThat(TlsVersion.parse(text)).isEmpty();
    }

    @Test
    void isGreaterTheLaterItIs() {
        assertThat(TlsVersion.values()).isSorted();
        assertThat(TlsVersion.TLS_1_3.jsseName()).isEqualTo("TLSv1.3");
    }
}
