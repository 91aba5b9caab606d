package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.tls.PeerIdentity;

class AntispamReportTest {

    private static final IpAddress CLIENT = IpAddress.parse("203.0.113.7");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // organization, internal, allow-listed, source, recipients, report
                "-, false, false, -, chris@contoso.com, CIP:203.0.113.7;IPV:NLI;DIR:INB;",
                "-, false, true, -, chris@contoso.com, CIP:203.0.113.7;SCL:-1;IPV:CAL;SFV:SKN;DIR:INB;",
                "-, false, false, 198.51.100.9, chris@contoso.com, CIP:198.51.100.9;IPV:NLI;DIR:INB;",
                "-, false, true, 2001:db8::9, chris@contoso.com, CIP:2001:db8::9;SCL:-1;IPV:CAL;SFV:SKN;DIR:INB;",
                "contoso, false, false, -, erin@cpandl.com, CIP:203.0.113.7;SCL:-1;IPV:NLI;SFV:SKI;DIR:OUT;",
                "contoso, false, false, -, chris@contoso.com, CIP:203.0.113.7;SCL:-1;IPV:NLI;SFV:SKI;DIR:INT;",
                "contoso, true, false, -, david@contoso.mail.onmicrosoft.com, CIP:203.0.113.7;SCL:-1;IPV:NLI;SFV:SKI;DIR:INT;",
                "contoso, true, false, -, chris@contoso.com erin@cpandl.com, CIP:203.0.113.7;SCL:-1;IPV:NLI;SFV:SKI;DIR:OUT;",
                "contoso, true, true, -, chris@contoso.com, CIP:203.0.113.7;SCL:-1;IPV:CAL;SFV:SKN;DIR:INT;",
                "fabrikam, false, false, -, chris@contoso.com, CIP:203.0.113.7;SCL:-1;IPV:NLI;SFV:SKI;DIR:OUT;",
            })
    void saysWhatIsKnownWithoutAFilter(
            String organization,
            boolean internal,
            boolean allowListed,
            String source,
            String recipients,
            String report) {
        Stamp stamp = new Stamp(
                1,
                CLIENT,
                Optional.empty(),
                PeerIdentity.none(),
                Optional.ofNullable(organization),
                Optional.empty(),
                organization == null ? Directionality.INCOMING : Directionality.ORIGINATING,
                internal,
                allowListed,
                Optional.ofNullable(source).map(IpAddress::parse));
        List<Resolution> resolutions = Arrays.stream(recipients.split(" ", -1))
                .map(address -> RecipientResolver.resolveRecipient(Contoso.mailflow(), EmailAddress.parse(address)))
                .toList();

        AntispamReport actual = AntispamReport.of(stamp, resolutions);

        assertThat(actual).hasToString(report);
        assertThat(actual.skipped().isPresent()).isEqualTo(stamp.skipsSpamFilter());
        assertThat(actual.reason().text()).isNotEmpty();
    }

    @Test
    void theSourceThatIsFoundIsWrittenDown() {
        AntispamReport report = new AntispamReport(CLIENT, false, Optional.empty(), AntispamReport.Direction.INB);
        Reason why = Reason.of("so");

        assertThat(report.fields(new MailSource(CLIENT, Optional.empty(), Optional.empty(), false, why)))
                .extracting(field -> field.toString().strip())
                .containsExactly("X-Forefront-Antispam-Report: CIP:203.0.113.7;IPV:NLI;DIR:INB;");
        assertThat(report.fields(new MailSource(CLIENT, Optional.of(CLIENT), Optional.empty(), false, why)))
                .extracting(field -> field.toString().strip())
                .containsExactly(
                        "X-Forefront-Antispam-Report: CIP:203.0.113.7;IPV:NLI;DIR:INB;",
                        "X-MS-Exchange-SkipListedInternetSender: ip=[203.0.113.7]");
        assertThat(report.fields(new MailSource(CLIENT, Optional.of(CLIENT), Optional.of(CLIENT), false, why)))
                .extracting(field -> field.toString().strip())
                .containsExactly(
                        "X-Forefront-Antispam-Report: CIP:203.0.113.7;IPV:NLI;DIR:INB;",
                        "X-MS-Exchange-ExternalOriginalInternetSender: ip=[203.0.113.7]",
                        "X-MS-Exchange-SkipListedInternetSender: ip=[203.0.113.7]");
    }
}
