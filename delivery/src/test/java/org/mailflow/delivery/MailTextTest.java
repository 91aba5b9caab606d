package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;

class MailTextTest {

    @Test
    void theReasonOfPoisonGoesBeforeWhatWasNotedEarlier() throws Exception {
        Mail mail = Lab.mail("bob@fabrikam.com");
        Tries.note(mail, "451 4.3.0 later", Instant.EPOCH);

        mail.setAttribute(new Attribute(AttributeName.of("org.mailflow.poison.reason"), AttributeValue.of("a bug")));

        assertThat(MailText.reason(mail)).contains("a bug");
    }
}
