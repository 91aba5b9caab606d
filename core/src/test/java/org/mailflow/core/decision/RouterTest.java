package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

class RouterTest {

    private final Mailflow mailflow = Contoso.mailflow();

    @Provide
    Arbitrary<List<EmailAddress>> recipients() {
        return Arbitraries.of(
                        Contoso.CHRIS,
                        Contoso.DAVID,
                        Contoso.CONTACT,
                        Contoso.ERIN,
                        Contoso.FLAKY,
                        Contoso.NOBODY,
                        Contoso.OLD,
                        Contoso.STRANDED)
                .list()
                .ofMinSize(1)
                .uniqueElements();
    }

    @Property
    void everyRecipientIsOnExactlyOneWay(@ForAll("recipients") List<EmailAddress> recipients) {
        RoutePlan plan = Router.plan(mailflow, Optional.of(Contoso.CHRIS), Optional.empty(), recipients);

        List<EmailAddress> planned = plan.groups().stream()
                .flatMap(group -> group.recipients().stream())
                .map(RoutePlan.Routed::recipient)
                .toList();
        assertThat(planned).containsExactlyInAnyOrderElementsOf(recipients);
        assertThat(plan.groups().stream().map(RoutePlan.Group::route)).doesNotHaveDuplicates();
    }

    @Property
    void waysDoNotDependOnTheOrderOfRecipients(@ForAll("recipients") List<EmailAddress> recipients) {
        List<EmailAddress> reversed = new ArrayList<>(recipients);
        Collections.reverse(reversed);

        assertThat(asSets(plan(reversed))).isEqualTo(asSets(plan(recipients)));
    }

    @Test
    void splitsByWayAndNotByRecipient() {
        RoutePlan plan = plan(List.of(
                Contoso.CHRIS, Contoso.ERIN, Contoso.DAVID, Contoso.CONTACT, EmailAddress.parse("frank@cpandl.com")));

        assertThat(plan.groups())
                .extracting(
                        group -> group.route().word() + " " + group.recipients().size())
                .containsExactly("local 1", "mx 3", "connector contoso/To the cloud 1");
    }

    @Test
    void unknownWaitsAndUnreachableNeverShareAWay() {
        RoutePlan plan = plan(List.of(Contoso.NOBODY, Contoso.FLAKY, Contoso.STRANDED));

        assertThat(plan.groups())
                .extracting(group -> group.route().word())
                .containsExactly("unknown recipient", "wait", "unreachable");
    }

    @Test
    void incomingMailNeverLeavesToTheInternet() {
        RoutePlan plan = Router.plan(
                mailflow, Optional.of(Contoso.ERIN), Optional.of(incoming()), List.of(Contoso.ERIN, Contoso.DAVID));

        assertThat(plan.groups())
                .extracting(group -> group.route().word())
                .containsExactly("not permitted", "connector contoso/To the cloud");
    }

    @Test
    void incomingMailToAContactGoesOnWhenItIsRoutedOnceMore() {
        Contacts contacts = Contacts.NONE
                .with(RecipientResolver.resolveRecipient(mailflow, Contoso.CONTACT))
                .with(RecipientResolver.resolveRecipient(mailflow, Contoso.CHRIS));
        EmailAddress external =
                RecipientResolver.resolveRecipient(mailflow, Contoso.CONTACT).deliveryAddress();

        RoutePlan plan = Router.plan(
                mailflow,
                Optional.of(Contoso.ERIN),
                Optional.of(incoming()),
                List.of(external, EmailAddress.parse("anybody@cpandl.com")),
                Contacts.parse(contacts.toText()));

        assertThat(contacts.contacts()).containsOnlyKeys(external);
        assertThat(plan.groups()).extracting(group -> group.route().word()).containsExactly("mx", "not permitted");
    }

    @Test
    void aStampSurvivesItsWayThroughAttributes() {
        Stamp stamp = new Stamp(
                7,
                IpAddress.parse("2001:db8::1"),
                Optional.of(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384")),
                new PeerIdentity.Unverified("expired", List.of("a.example", "b.example")),
                Optional.of("contoso"),
                Optional.of("From the cloud"),
                Directionality.ORIGINATING,
                true,
                true,
                Optional.of(IpAddress.parse("192.0.2.9")));

        assertThat(Stamp.fromAttributes(stamp.toAttributes())).contains(stamp);
    }

    private static Stamp incoming() {
        return new Stamp(
                7,
                IpAddress.parse("203.0.113.7"),
                Optional.empty(),
                PeerIdentity.none(),
                Optional.empty(),
                Optional.empty(),
                Directionality.INCOMING,
                false,
                false,
                Optional.empty());
    }

    private RoutePlan plan(List<EmailAddress> recipients) {
        return Router.plan(mailflow, Optional.of(Contoso.CHRIS), Optional.empty(), recipients);
    }

    private static Set<Set<EmailAddress>> asSets(RoutePlan plan) {
        return plan.groups().stream()
                .map(group -> group.recipients().stream()
                        .map(RoutePlan.Routed::recipient)
                        .collect(Collectors.toSet()))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
