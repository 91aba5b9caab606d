package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.model.SessionLimits;

class SessionGuardTest {

    private static final SessionLimits LIMITS = new SessionLimits(100, 5, 3, 30, Duration.ofMinutes(10));

    @Test
    void shouldTakeAsManyRecipientsAsThereMayBe() {
        assertThat(SessionGuard.atRecipient(LIMITS, 99)).isEmpty();
        assertThat(SessionGuard.atRecipient(LIMITS, 100)).contains(Reply.TOO_MANY_RECIPIENTS);
        assertThat(Reply.TOO_MANY_RECIPIENTS).hasToString("452 4.5.3 Too many recipients");
    }

    @Test
    void shouldEndASessionWhenItsErrorsAreTooMany() {
        assertThat(SessionGuard.afterProtocolError(LIMITS, 4)).isEmpty();
        assertThat(SessionGuard.afterProtocolError(LIMITS, 5)).contains(Reply.TOO_MANY_ERRORS);
        assertThat(SessionGuard.afterLogonFailure(LIMITS, 2)).isEmpty();
        assertThat(SessionGuard.afterLogonFailure(LIMITS, 3)).contains(Reply.TOO_MANY_LOGON_FAILURES);
    }

    @Test
    void shouldRefuseLogonsForAWhileWhenAnAddressFailsTooOften() {
        assertThat(SessionGuard.atLogon(LIMITS, 29)).isEmpty();
        assertThat(SessionGuard.atLogon(LIMITS, 30)).contains(Reply.LOGON_NOT_NOW);
    }

    @Test
    void shouldEndASessionWhenItIsTooOld() {
        assertThat(SessionGuard.atAge(LIMITS, Duration.ofMinutes(10))).isEmpty();
        assertThat(SessionGuard.atAge(LIMITS, Duration.ofMinutes(10).plusMillis(1)))
                .contains(Reply.CONNECTION_TIMED_OUT);
    }

    @ParameterizedTest
    @CsvSource({"GET, true", "post, true", "CONNECT, true", "OPTIONS, true", "MAIL, false", "HELP, false", "'', false"})
    void shouldSendAwayWhoSpeaksHttp(String word, boolean http) {
        assertThat(SessionGuard.atCommand(word).filter(Reply.NOT_HTTP::equals).isPresent())
                .isEqualTo(http);
    }

    @ParameterizedTest
    @CsvSource({"500, true", "502, true", "504, true", "501, false", "503, false", "550, false", "250, false"})
    void shouldCountOnlyWhatMakesNoSense(String code, boolean counts) {
        assertThat(SessionGuard.isProtocolError(code)).isEqualTo(counts);
    }
}
