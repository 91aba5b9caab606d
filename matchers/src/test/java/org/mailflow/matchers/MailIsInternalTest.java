package org.mailflow.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;
import org.mailflow.core.decision.AuthAs;
import org.mailflow.core.decision.CrossPremisesHeaders.Promoted;
import org.mailflow.core.decision.Stamp;
import org.mailflow.james.Stamps;

class MailIsInternalTest {

    private static FakeMail broughtByTheOtherPremises(AuthAs authAs) throws Exception {
        FakeMail mail = Mails.stamped("192.0.2.1", "TLSv1.3", "From the cloud");
        Stamp stamp = Stamps.of(mail).orElseThrow();
        Stamps.put(mail, stamp.broughtBy(new Promoted(authAs, Optional.empty(), Optional.empty(), Optional.empty())));
        return mail;
    }

    @Test
    void matchesWhatTheOtherPremisesSaysIsInternal() throws Exception {
        MailIsInternal matcher = Mails.init(new MailIsInternal(), "");

        assertThat(matcher.match(broughtByTheOtherPremises(AuthAs.INTERNAL))).hasSize(2);
        assertThat(matcher.match(broughtByTheOtherPremises(AuthAs.ANONYMOUS))).isEmpty();
    }

    @Test
    void matchesMailOfThisServerItself() throws Exception {
        assertThat(Mails.init(new MailIsInternal(), "").match(Mails.to("chris@contoso.com")))
                .hasSize(1);
    }

    @Test
    void doesNotMatchAnOwnServerThatOnlyItsAddressIdentifies() throws Exception {
        assertThat(Mails.init(new MailIsInternal(), "").match(Mails.stamped("192.0.2.1", "", "Printers")))
                .isEmpty();
    }

    @Test
    void throwsWhereNothingIsKnown() throws Exception {
        MailIsInternal matcher = Mails.init(new MailIsInternal(), "");

        assertThatThrownBy(() -> matcher.match(Mails.bySmtpWithoutStamp("chris@contoso.com")))
                .isInstanceOf(Exception.class);
        assertThatThrownBy(() -> matcher.match(Mails.damaged())).isInstanceOf(Exception.class);
    }

    @Test
    void takesNoCondition() {
        assertThatThrownBy(() -> Mails.init(new MailIsInternal(), "contoso")).hasMessageContaining("condition");
    }
}
