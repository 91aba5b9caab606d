package org.mailflow.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import javax.mail.MessagingException;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.event.MailEvent;
import org.mailflow.james.LoopStamp;
import org.mailflow.james.SampleConnector;
import org.mailflow.james.SampleFlow;

/** What SelectConnector does with mail that was here before. */
class ReturningMailTest {

    private final SampleFlow flow =
            SampleFlow.contoso().outbound(SampleConnector.named("Fabrikam").domains("fabrikam.com", "*.fabrikam.com"));
    private final LiveMailflow live = flow.live();
    private final Samples.Log log = new Samples.Log();
    private final Spool spool = new Spool();

    private SelectConnector mailet(String... parameters) throws MessagingException {
        return Samples.init(new SelectConnector(() -> live, log), spool, Samples.parameters(parameters));
    }

    @Test
    void aMailThatWouldGoItsWayAgainGoesOnInTheProcessorForLoops() throws MessagingException {
        Mail first = Samples.mail("bob@fabrikam.com");
        mailet().service(first);
        Mail back = Samples.mail("bob@fabrikam.com");
        mark(back, first);

        mailet("loopProcessor", "loops").service(back);

        assertThat(back.getState()).isEqualTo(Mail.GHOST);
        Spool.Item item = spool.items().get(0);
        assertThat(item.state()).isEqualTo("loops");
        assertThat(item.recipients()).containsExactly("bob@fabrikam.com");
        assertThat(AttributeUtils.getValueAndCastFromMail(
                        item.mail(), AttributeName.of("delivery-error"), String.class))
                .hasValueSatisfying(error -> assertThat(error).startsWith("554 5.4."));
        assertThat(log.of(MailEvent.Type.FAILED))
                .singleElement()
                .satisfies(event -> assertThat(event.reason().orElseThrow()).startsWith("a loop is closed"));
    }

    @Test
    void aCopyThatNobodyMissesEndsWithAnEventAlone() throws MessagingException, InvalidConfigurationException {
        flow.group("chris@contoso.com", "chris@contoso.com", "bob@fabrikam.com");
        live.reload();
        mailet().service(Samples.mail("chris@contoso.com"));
        Mail left = spool.items().stream()
                .filter(item -> item.recipients().contains("bob@fabrikam.com"))
                .findFirst()
                .orElseThrow()
                .mail();
        int before = spool.items().size();
        Mail back = Samples.mail("chris@contoso.com");
        mark(back, left);

        mailet("loopProcessor", "loops").service(back);

        assertThat(back.getState()).isEqualTo(Mail.GHOST);
        assertThat(spool.items()).hasSize(before);
        assertThat(log.of(MailEvent.Type.ROUTED)).last().satisfies(event -> assertThat(
                        event.reason().orElseThrow())
                .contains("already received", "chris@contoso.com received it"));
        assertThat(log.of(MailEvent.Type.FAILED)).isEmpty();
    }

    /** Writes the mark that a copy left with into the header of the same mail, as it comes back. */
    private static void mark(Mail back, Mail left) throws MessagingException {
        String field = AttributeUtils.getValueAndCastFromMail(left, LoopStamp.MARK, String.class)
                .orElseThrow();
        int colon = field.indexOf(':');
        back.getMessage().addHeader(field.substring(0, colon), field.substring(colon + 1));
    }
}
