package org.mailflow.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionMatchersTest {

    @ParameterizedTest
    @CsvSource({
        "'',       TLSv1.2, true",
        "'',       '',      false",
        "1.2,      TLSv1.2, true",
        "TLSv1.2,  TLSv1.3, true",
        "TLS1.3,   TLSv1.2, false",
        "tlsv1.2,  TLSv1.1, false",
        "1.0,      TLSv1,   true",
        "1.2,      '',      false"
    })
    void comparesTheVersionOfTls(String condition, String version, boolean expected) throws MessagingException {
        Matcher matcher = Mails.init(new ReceivedOverTls(), condition);
        Mail mail = Mails.stamped("192.0.2.1", version, "");

        assertThat(matcher.match(mail)).hasSize(expected ? 2 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.4", "yes", "TLS", "2"})
    void refusesWhatIsNoVersion(String condition) {
        assertThatThrownBy(() -> Mails.init(new ReceivedOverTls(), condition))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("ReceivedOverTls")
                .hasMessageContaining("'" + condition + "'")
                .hasMessageContaining("write match=\"ReceivedOverTls=1.2\"");
    }

    @Test
    void throwsWhereNobodyCanTellHowTheMailCame() throws MessagingException {
        Matcher tls = Mails.init(new ReceivedOverTls(), "");
        Matcher connector = Mails.init(new SentByConnector(), "In");

        for (Matcher matcher : new Matcher[] {tls, connector}) {
            assertThatThrownBy(() -> matcher.match(Mails.bySmtpWithoutStamp("chris@contoso.com")))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("MailflowHandlers");
            assertThatThrownBy(() -> matcher.match(Mails.damaged())).isInstanceOf(MessagingException.class);
            assertThat(matcher.match(Mails.to("chris@contoso.com"))).isEmpty();
        }
    }

    @Test
    void throwsForAVersionOfTlsThatItDoesNotKnow() throws MessagingException {
        Matcher matcher = Mails.init(new ReceivedOverTls(), "1.2");

        assertThatThrownBy(() -> matcher.match(Mails.stamped("192.0.2.1", "TLSv9", "")))
                .isInstanceOf(MessagingException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "In,         In,  true",
        "in,         In,  true",
        "contoso/IN, In,  true",
        "other/In,   In,  false",
        "Out,        In,  false",
        "In,         '',  false"
    })
    void comparesTheNameOfTheConnector(String condition, String connector, boolean expected) throws MessagingException {
        Matcher matcher = Mails.init(new SentByConnector(), condition);

        assertThat(matcher.match(Mails.stamped("192.0.2.1", "", connector))).hasSize(expected ? 2 : 0);
    }

    @Test
    void refusesAMissingName() {
        assertThatThrownBy(() -> Mails.init(new SentByConnector(), " "))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("SentByConnector");
    }
}
