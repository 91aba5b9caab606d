package org.mailflow.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;

class ApplyHeaderFirewallTest {

    private static ApplyHeaderFirewall mailet(String... parameters) throws MessagingException {
        return Samples.init(new ApplyHeaderFirewall(), new Spool(), Samples.parameters(parameters));
    }

    @Test
    void removesWhatOnlyOurServersTellEachOther() throws MessagingException {
        Mail mail = Samples.mail("chris@contoso.com");
        MimeMessage message = mail.getMessage();
        message.addHeader("x-ms-exchange-organization-AuthAs", "Internal");
        message.addHeader("X-MS-Exchange-Organization-AuthAs", "Internal");
        message.addHeader("X-MS-Exchange-CrossPremises-AuthSource", "mail.contoso.com");
        message.addHeader("X-Forefront-Antispam-Report", "SFV:SKA");
        message.addHeader("X-MS-Exchange-CrossTenant-Id", "theirs");
        List<String> before = lines(message);

        mailet().service(mail);

        List<String> after = lines(mail.getMessage());
        assertThat(after)
                .containsExactlyElementsOf(before.stream()
                        .filter(line -> !line.matches("(?i)x-(ms-exchange-(organization|crosspremises)|forefront)-.*"))
                        .toList())
                .hasSize(before.size() - 4);
    }

    @Test
    void leavesAMailWithoutSuchFieldsUntouched() throws MessagingException {
        Mail mail = Samples.mail("chris@contoso.com");
        List<String> before = lines(mail.getMessage());

        mailet().service(mail);

        assertThat(lines(mail.getMessage())).isEqualTo(before);
    }

    @Test
    void takesNoParameters() {
        assertThatThrownBy(() -> mailet("headers", "all"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("headers");
    }

    private static List<String> lines(MimeMessage message) throws MessagingException {
        return Collections.list(message.getAllHeaderLines());
    }
}
