package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.RecipientLocation.External;
import org.mailflow.core.decision.RecipientLocation.MailboxHere;
import org.mailflow.core.decision.RecipientLocation.OtherPremises;
import org.mailflow.core.decision.RecipientLocation.Unavailable;
import org.mailflow.core.decision.RecipientLocation.Unknown;

class RecipientResolverTest {

    static Stream<EmailAddress> everyKindOfRecipient() {
        return Stream.of(
                Contoso.CHRIS,
                Contoso.DAVID,
                Contoso.DAVID_IN_THE_CLOUD,
                Contoso.CONTACT,
                Contoso.ERIN,
                Contoso.FLAKY,
                Contoso.NOBODY,
                Contoso.OLD,
                Contoso.STRANDED,
                EmailAddress.parse("info@contoso.com"),
                EmailAddress.parse("far@outside.contoso.com"));
    }

    @Test
    void findsAMailboxHereByAnyOfItsAddresses() {
        assertThat(locate("chris@contoso.com")).isEqualTo(new MailboxHere(Contoso.CHRIS));
        assertThat(locate("INFO@contoso.COM")).isEqualTo(new MailboxHere(Contoso.CHRIS));
    }

    @Test
    void findsTheRoutingAddressOfAMailboxOnTheOtherPremises() {
        assertThat(locate("david@contoso.com")).isEqualTo(new OtherPremises(Contoso.DAVID_IN_THE_CLOUD));
    }

    @Test
    void takesTheExternalAddressOfAContactForOutside() {
        assertThat(locate("contact@contoso.com")).isEqualTo(new External(Contoso.ERIN));
    }

    @Test
    void tellsUnknownFromUnavailable() {
        assertThat(locate("nobody@contoso.com")).isEqualTo(new Unknown());
        assertThat(locate("flaky@contoso.com")).isEqualTo(new Unavailable("time-out"));
    }

    @Test
    void relaysUnknownRecipientsOfRelayDomains() {
        assertThat(locate("old@legacy.contoso.com")).isEqualTo(new OtherPremises(Contoso.OLD));
        assertThat(locate("far@outside.contoso.com")).isInstanceOf(External.class);
    }

    @ParameterizedTest
    @MethodSource("everyKindOfRecipient")
    void resolvingTheResultAgainChangesNothing(EmailAddress recipient) {
        Resolution once = RecipientResolver.resolveRecipient(Contoso.mailflow(), recipient);
        Resolution twice = RecipientResolver.resolveRecipient(Contoso.mailflow(), once.deliveryAddress());

        assertThat(twice.location()).isEqualTo(once.location());
    }

    private static RecipientLocation locate(String recipient) {
        return RecipientResolver.resolveRecipient(Contoso.mailflow(), EmailAddress.parse(recipient))
                .location();
    }
}
