package org.mailflow.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.james.SampleConnector;
import org.mailflow.james.SampleFlow;

class TlsIsRequiredTest {

    private final SampleFlow flow = SampleFlow.contoso()
            .outbound(SampleConnector.named("To the cloud")
                    .domains("contoso.mail.onmicrosoft.com")
                    .tls(TlsSettings.ENCRYPTION_ONLY))
            .outbound(SampleConnector.named("Fabrikam").domains("fabrikam.com").tls(TlsSettings.CERTIFICATE_VALIDATION))
            .outbound(SampleConnector.named("Plain").domains("plain.example"));
    private final LiveMailflow live = flow.live();

    @ParameterizedTest
    @CsvSource({
        "'',            'david@contoso.com bob@fabrikam.com'",
        "Fabrikam,      bob@fabrikam.com",
        "contoso/plain, ''",
        "To the cloud,  david@contoso.com"
    })
    void matchesRecipientsWhoseConnectorDemandsTls(String condition, String expected) throws MessagingException {
        Matcher matcher = Mails.init(new TlsIsRequired(() -> live), condition);

        assertThat(matcher.match(Mails.to(
                        "chris@contoso.com",
                        "david@contoso.com",
                        "bob@fabrikam.com",
                        "eve@plain.example",
                        "erin@cpandl.com",
                        "nobody@contoso.com")))
                .extracting(MailAddress::asString)
                .isEqualTo(expected.isEmpty() ? java.util.List.of() : java.util.List.of(expected.split(" ")));
    }

    @Test
    void throwsWhereTheRouteCannotBeTold() throws MessagingException {
        LiveMailflow flaky = flow.unavailable("david@contoso.com").live();
        Matcher matcher = Mails.init(new TlsIsRequired(() -> flaky), "");

        assertThatThrownBy(() -> matcher.match(Mails.to("bob@fabrikam.com", "david@contoso.com")))
                .isInstanceOf(MessagingException.class);
    }

    @Test
    void makesAnExceptionOfAnErrorSoThatJamesKeepsTheMail() throws MessagingException {
        Matcher matcher = Mails.init(
                new TlsIsRequired(() -> {
                    throw new StackOverflowError("simulated");
                }),
                "");

        assertThatThrownBy(() -> matcher.match(Mails.to("bob@fabrikam.com")))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("TlsIsRequired")
                .hasRootCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void refusesANameThatIsNoConnector() {
        assertThatThrownBy(() -> Mails.init(new TlsIsRequired(() -> live), "Fabricam"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("'Fabricam': no outbound connector has this name");
    }

    @Test
    void throwsAfterAReloadThatTookTheConnectorAway() throws MessagingException, InvalidConfigurationException {
        Matcher matcher = Mails.init(new TlsIsRequired(() -> live), "Fabrikam");
        flow.withoutOutbound("Fabrikam");
        live.reload();

        assertThatThrownBy(() -> matcher.match(Mails.to("bob@fabrikam.com")))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("no outbound connector any more");
    }
}
