package org.mailflow.matchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.model.Premises;
import org.mailflow.james.SampleFlow;

class RecipientSideMatchersTest {

    private static final String[] EVERYBODY = {
        "chris@contoso.com",
        "info@contoso.com",
        "david@contoso.com",
        "david@contoso.mail.onmicrosoft.com",
        "contact@contoso.com",
        "erin@cpandl.com",
        "nobody@contoso.com",
        "old@stranded.contoso.com"
    };

    static Stream<Arguments> matchers() {
        Set<String> here = Set.of("chris@contoso.com", "info@contoso.com");
        Set<String> there =
                Set.of("david@contoso.com", "david@contoso.mail.onmicrosoft.com", "old@stranded.contoso.com");
        Set<String> outside = Set.of("contact@contoso.com", "erin@cpandl.com");
        Function<Provider<LiveMailflow>, Matcher> cloud = RecipientIsCloud::new;
        Function<Provider<LiveMailflow>, Matcher> onPremises = RecipientIsOnPremises::new;
        Function<Provider<LiveMailflow>, Matcher> external = RecipientIsExternal::new;
        return Stream.of(
                Arguments.of(cloud, Premises.ON_PREMISES, there),
                Arguments.of(cloud, Premises.CLOUD, here),
                Arguments.of(onPremises, Premises.ON_PREMISES, here),
                Arguments.of(onPremises, Premises.CLOUD, there),
                Arguments.of(external, Premises.ON_PREMISES, outside),
                Arguments.of(external, Premises.CLOUD, outside));
    }

    @ParameterizedTest
    @MethodSource("matchers")
    void matchesTheRecipientsOfItsSideAndReturnsTheObjectsOfTheMail(
            Function<Provider<LiveMailflow>, Matcher> make, Premises premises, Set<String> expected)
            throws MessagingException {
        LiveMailflow live = SampleFlow.contoso().premises(premises).live();
        Matcher matcher = Mails.init(make.apply(() -> live), "");
        Mail mail = Mails.to(EVERYBODY);

        Collection<MailAddress> matched = matcher.match(mail);

        assertThat(matched.stream().map(MailAddress::asString).collect(Collectors.toSet()))
                .isEqualTo(expected);
        Set<MailAddress> own = Collections.newSetFromMap(new IdentityHashMap<>());
        own.addAll(mail.getRecipients());
        assertThat(matched).isSubsetOf(own);
    }

    @ParameterizedTest
    @MethodSource("matchers")
    void throwsWhereADirectoryIsUnavailable(
            Function<Provider<LiveMailflow>, Matcher> make, Premises premises, Set<String> unused)
            throws MessagingException {
        LiveMailflow live = SampleFlow.contoso()
                .premises(premises)
                .unavailable("flaky@contoso.com")
                .live();
        Matcher matcher = Mails.init(make.apply(() -> live), "");

        assertThatThrownBy(() -> matcher.match(Mails.to("chris@contoso.com", "flaky@contoso.com")))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("flaky@contoso.com")
                .hasMessageContaining("unavailable");
    }

    @ParameterizedTest
    @MethodSource("matchers")
    void throwsWhereThereIsNoConfigurationOrADamagedStamp(
            Function<Provider<LiveMailflow>, Matcher> make, Premises premises, Set<String> unused)
            throws MessagingException {
        LiveMailflow live = SampleFlow.contoso().premises(premises).live();
        Matcher without = Mails.init(
                make.apply(() -> {
                    throw new IllegalStateException("mailflow.xml:3:1: error");
                }),
                "");
        Matcher with = Mails.init(make.apply(() -> live), "");

        assertThatThrownBy(() -> without.match(Mails.to("chris@contoso.com")))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("mailflow.xml:3:1");
        assertThatThrownBy(() -> with.match(Mails.damaged()))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void refusesACondition() {
        assertThatThrownBy(() -> Mails.init(new RecipientIsCloud(SampleFlow.contoso()::live), "contoso.com"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("RecipientIsCloud")
                .hasMessageContaining("contoso.com")
                .hasMessageContaining("write match=\"RecipientIsCloud\" alone");
    }

    @Test
    void throwsForARecipientThatCoreCannotRead() throws MessagingException {
        LiveMailflow live = SampleFlow.contoso().live();
        Matcher matcher = Mails.init(new RecipientIsExternal(() -> live), "");

        assertThatThrownBy(() -> matcher.match(Mails.to("user@[192.0.2.1]"))).isInstanceOf(MessagingException.class);
    }
}
