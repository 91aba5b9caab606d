package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.EmailAddress;

class RecipientSideTest {

    @ParameterizedTest
    @CsvSource({
        "chris@contoso.com,                  ON_PREMISES",
        "info@contoso.com,                   ON_PREMISES",
        "david@contoso.com,                  CLOUD",
        "david@contoso.mail.onmicrosoft.com, CLOUD",
        "old@legacy.contoso.com,             CLOUD",
        "contact@contoso.com,                EXTERNAL",
        "x@outside.contoso.com,              EXTERNAL",
        "erin@cpandl.com,                    EXTERNAL",
        "nobody@contoso.com,                 NOBODY",
        "flaky@contoso.com,                  "
    })
    void tellsTheSideOrThatItCannotBeTold(String recipient, RecipientSide expected) {
        Resolution resolution = RecipientResolver.resolveRecipient(Contoso.mailflow(), EmailAddress.parse(recipient));

        assertThat(RecipientSide.of(resolution)).isEqualTo(Optional.ofNullable(expected));
    }
}
