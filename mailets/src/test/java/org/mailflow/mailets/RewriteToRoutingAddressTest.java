package org.mailflow.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailflow.mailets.Samples.address;

import com.google.common.collect.ImmutableMap;
import java.util.EnumSet;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.junit.jupiter.api.Test;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.event.MailEvent;
import org.mailflow.james.SampleFlow;

class RewriteToRoutingAddressTest {

    private final LiveMailflow live =
            SampleFlow.contoso().unavailable("flaky@contoso.com").live();
    private final Samples.Log log = new Samples.Log();

    private RewriteToRoutingAddress mailet(String... parameters) throws MessagingException {
        return Samples.init(new RewriteToRoutingAddress(() -> live, log), new Spool(), Samples.parameters(parameters));
    }

    @Test
    void givesEveryRecipientItsDeliveryAddress() throws MessagingException {
        Mail mail = Samples.mail(
                "info@contoso.com",
                "David@contoso.com",
                "contact@contoso.com",
                "someone@cpandl.com",
                "nobody@contoso.com",
                "flaky@contoso.com",
                "user@[192.0.2.1]");

        mailet().service(mail);

        assertThat(Samples.recipients(mail))
                .containsExactly(
                        "chris@contoso.com",
                        "david@contoso.mail.onmicrosoft.com",
                        "erin@cpandl.com",
                        "someone@cpandl.com",
                        "nobody@contoso.com",
                        "flaky@contoso.com",
                        "user@192.0.2.1");
        assertThat(mail.getMessage().getHeader("To")).containsExactly("info@contoso.com");
        assertThat(log.of(MailEvent.Type.REWRITTEN))
                .extracting(event -> event.recipients().get(0))
                .containsExactly("info@contoso.com", "David@contoso.com", "contact@contoso.com");
    }

    @Test
    void makesOneOfTwoRecipientsThatBecomeOneAddress() throws MessagingException {
        Mail mail = Samples.mail("info@contoso.com", "chris@contoso.com", "CHRIS@contoso.com");

        mailet().service(mail);

        assertThat(Samples.recipients(mail)).containsExactly("chris@contoso.com");
    }

    @Test
    void changesNothingTheSecondTime() throws MessagingException {
        Mail mail = Samples.mail("info@contoso.com", "david@contoso.com", "erin@cpandl.com");
        RewriteToRoutingAddress mailet = mailet();
        mailet.service(mail);
        int changes = log.of(MailEvent.Type.REWRITTEN).size();

        mailet.service(mail);

        assertThat(Samples.recipients(mail))
                .containsExactly("chris@contoso.com", "david@contoso.mail.onmicrosoft.com", "erin@cpandl.com");
        assertThat(log.of(MailEvent.Type.REWRITTEN)).hasSize(changes);
    }

    @Test
    void takesWishesAndHeadersAlong() throws MessagingException {
        Mail mail = Samples.mail("david@contoso.com");
        mail.setDsnParameters(DsnParameters.of(
                        Optional.empty(),
                        Optional.empty(),
                        ImmutableMap.of(
                                address("david@contoso.com"), RecipientDsnParameters.of(EnumSet.of(Notify.FAILURE))))
                .orElseThrow());
        mail.addSpecificHeaderForRecipient(
                PerRecipientHeaders.Header.builder()
                        .name("X-For")
                        .value("david")
                        .build(),
                address("david@contoso.com"));

        mailet().service(mail);

        RecipientDsnParameters wish = mail.dsnParameters()
                .orElseThrow()
                .getRcptParameters()
                .get(address("david@contoso.mail.onmicrosoft.com"));
        assertThat(wish).isEqualTo(RecipientDsnParameters.of(EnumSet.of(Notify.FAILURE), address("david@contoso.com")));
        assertThat(mail.getPerRecipientSpecificHeaders()
                        .getHeaderNamesForRecipient(address("david@contoso.mail.onmicrosoft.com")))
                .containsExactly("X-For");
    }

    @Test
    void refusesParameters() {
        assertThatThrownBy(() -> mailet("processor", "x", "domain", "y"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("RewriteToRoutingAddress")
                .hasMessageContaining("<processor>")
                .hasMessageContaining("<domain>")
                .hasMessageContaining("takes none");
    }

    @Test
    void acceptsTheContainersOwnParameter() throws MessagingException {
        assertThat(mailet("onMailetException", "propagate").getMailetInfo()).isNotEmpty();
    }
}
