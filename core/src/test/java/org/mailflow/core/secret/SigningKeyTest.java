package org.mailflow.core.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

    /** RFC 4231, 4.3. */
    @Test
    void signsWithHmacSha256() {
        SigningKey key = SigningKey.of("Jefe".getBytes(US_ASCII));

        String signature = key.sign("what do ya want for nothing?", 32);

        assertThat(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(signature)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void givesTheBeginningOfASignature() {
        SigningKey key = SigningKey.of("Jefe".getBytes(US_ASCII));

        assertThat(key.sign("text", 32)).startsWith(key.sign("text", 6));
        assertThat(key.sign("text", 6)).hasSize(8);
    }

    @Test
    void everyUseHasAKeyOfItsOwn() {
        SigningKey key = SigningKey.of("Jefe".getBytes(US_ASCII));

        assertThat(key.forUse("a").sign("text", 32)).isEqualTo(key.forUse("a").sign("text", 32));
        assertThat(key.forUse("a").sign("text", 32))
                .isNotEqualTo(key.forUse("b").sign("text", 32));
    }

    @Test
    void randomKeysDifferAndNeverShowTheirSecret() {
        assertThat(SigningKey.random().sign("text", 32))
                .isNotEqualTo(SigningKey.random().sign("text", 32));
        assertThat(SigningKey.of("Jefe".getBytes(US_ASCII)).toString()).doesNotContain("Jefe");
    }
}
