package org.mailflow.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.Matcher;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.james.SampleFlow;

class SenderIsInPartnerIpRangeTest {

    private final LiveMailflow live = SampleFlow.contoso()
            .inbound("Fabrikam", ConnectorType.PARTNER, true, "fabrikam.com", "192.0.2.0/24")
            .inbound("Off", ConnectorType.PARTNER, false, "fabrikam.com", "198.51.100.0/24")
            .inbound("Own", ConnectorType.ON_PREMISES, true, "*", "203.0.113.0/24")
            .inbound("Other", ConnectorType.PARTNER, true, "tailspintoys.com", "10.0.0.0/8")
            .live();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | 192.0.2.7    | true",
                "''                        | 192.0.3.7    | false",
                "''                        | 198.51.100.7 | false",
                "''                        | 203.0.113.7  | false",
                "''                        | 10.0.0.7     | false",
                "Fabrikam                  | 192.0.2.7    | true",
                "contoso/fabrikam          | 192.0.2.7    | true",
                "Off                       | 198.51.100.7 | false",
                "Own                       | 203.0.113.7  | true",
                "Other                     | 10.0.0.7     | true",
                "Other, Fabrikam           | 192.0.2.7    | true",
                "192.0.2.0/25              | 192.0.2.200  | false",
                "192.0.2.0/25              | 192.0.2.100  | true",
                "192.0.2.1-192.0.2.9       | 192.0.2.9    | true",
                "2001:db8::/32, Fabrikam   | 2001:db8::1  | true",
                "2001:db8::/64             | 2001:db8:0:1::1 | false",
                "192.0.2.7                 | ::ffff:192.0.2.7 | true",
            })
    void comparesTheConnectingAddress(String condition, String client, boolean expected) throws MessagingException {
        Matcher matcher = Mails.init(new SenderIsInPartnerIpRange(() -> live), condition);

        assertThat(matcher.match(Mails.stamped(client, "", ""))).hasSize(expected ? 2 : 0);
    }

    @Test
    void takesTheAddressThatJamesNotedWhereThereIsNoStamp() throws MessagingException {
        Matcher matcher = Mails.init(new SenderIsInPartnerIpRange(() -> live), "192.0.2.0/24");
        Mail mail = FakeMail.builder()
                .name("m")
                .recipient("chris@contoso.com")
                .remoteAddr("192.0.2.7")
                .build();

        assertThat(matcher.match(mail)).containsExactlyElementsOf(mail.getRecipients());
    }

    @Test
    void needsNoConfigurationForALiteralAddress() throws MessagingException {
        Matcher matcher = Mails.init(
                new SenderIsInPartnerIpRange(() -> {
                    throw new IllegalStateException("asked");
                }),
                "192.0.2.0/24");

        assertThat(matcher.match(Mails.stamped("192.0.2.7", "", ""))).hasSize(2);
    }

    @Test
    void throwsWhereTheAddressCannotBeTold() throws MessagingException {
        Matcher matcher = Mails.init(new SenderIsInPartnerIpRange(() -> live), "192.0.2.0/24");

        assertThatThrownBy(() -> matcher.match(FakeMail.builder()
                        .name("m")
                        .recipient("chris@contoso.com")
                        .remoteAddr("mail.example")
                        .build()))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("mail.example");
        assertThatThrownBy(() -> matcher.match(Mails.damaged())).isInstanceOf(MessagingException.class);
    }

    @Test
    void refusesEverythingBadAtOnce() {
        assertThatThrownBy(() ->
                        Mails.init(new SenderIsInPartnerIpRange(() -> live), "192.0.2.0/33, Nobody, 2001:db8::/129,"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("192.0.2.0/33")
                .hasMessageContaining("'Nobody' is no inbound connector")
                .hasMessageContaining("2001:db8::/129")
                .hasMessageContaining("an item is empty");
    }
}
