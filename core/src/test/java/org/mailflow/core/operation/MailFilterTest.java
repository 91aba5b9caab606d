package org.mailflow.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailFilterTest {

    private static final QueuedMail MAIL = new QueuedMail(
            "Mail1",
            "contoso/Partner",
            MailState.WAITING,
            "chris@contoso.com",
            List.of("bob@fabrikam.com", "eve@fabrikam.com"),
            1,
            Instant.EPOCH,
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.of("451 4.7.1 Greylisted"));

    @Test
    void meansEveryMailWhereItSaysNothing() {
        assertThat(MailFilter.all().matches(MAIL)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Mail1, , , , , true",
        "Mail, , , , , false",
        ", Contoso/partner, , , , true",
        ", partner, , , , false",
        ", , CHRIS@contoso.com, , , true",
        ", , @contoso.com, , , true",
        ", , @ontoso.com, , , false",
        ", , <>, , , false",
        ", , , eve@fabrikam.com, , true",
        ", , , @FABRIKAM.com, , true",
        ", , , chris@contoso.com, , false",
        ", , , , greyLISTED, true",
        ", , , , timeout, false",
        "Mail1, contoso/Partner, @contoso.com, @fabrikam.com, 451, true",
        "Mail1, contoso/Partner, @contoso.com, @fabrikam.com, 550, false",
    })
    void narrowsTheChoiceByEveryField(
            @Nullable String id,
            @Nullable String queue,
            @Nullable String from,
            @Nullable String to,
            @Nullable String reason,
            boolean isMeant) {
        MailFilter filter = new MailFilter(
                Optional.ofNullable(id).stream().toList(),
                Optional.ofNullable(queue),
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                Optional.ofNullable(reason));

        assertThat(filter.matches(MAIL)).isEqualTo(isMeant);
    }
}
