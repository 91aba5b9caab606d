package org.mailflow.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.mail.MessagingException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.decision.RecipientResolver;
import org.mailflow.core.event.MailEvents;
import org.mailflow.james.RouteStamp;
import org.mailflow.james.SampleConnector;
import org.mailflow.james.SampleFlow;

class SplitTest {

    private static final LiveMailflow LIVE = SampleFlow.contoso()
            .outbound(SampleConnector.named("To the cloud").domains("contoso.mail.onmicrosoft.com"))
            .outbound(SampleConnector.named("Fabrikam").domains("*.fabrikam.com"))
            .unavailable("flaky@contoso.com")
            .live();

    @Property(tries = 500)
    void losesAndDoublesNobody(@ForAll("recipients") Set<String> recipients) throws MessagingException {
        Map<String, Set<String>> routed = route(List.copyOf(recipients));

        List<String> all = new ArrayList<>();
        routed.values().forEach(all::addAll);
        Set<String> expected = new TreeSet<>();
        recipients.forEach(recipient -> expected.add(delivery(recipient)));
        assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Property(tries = 200)
    void isIndependentOfTheOrder(@ForAll("recipients") Set<String> recipients, @ForAll long seed)
            throws MessagingException {
        List<String> shuffled = new ArrayList<>(recipients);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(route(shuffled)).isEqualTo(route(List.copyOf(recipients)));
    }

    @Provide
    Arbitrary<Set<String>> recipients() {
        Arbitrary<String> known = Arbitraries.of(
                "chris@contoso.com",
                "info@contoso.com",
                "david@contoso.com",
                "david@contoso.mail.onmicrosoft.com",
                "contact@contoso.com",
                "erin@cpandl.com",
                "flaky@contoso.com",
                "user@[192.0.2.1]");
        Arbitrary<String> domains =
                Arbitraries.of("contoso.com", "stranded.contoso.com", "fabrikam.com", "eu.fabrikam.com", "cpandl.com");
        Arbitrary<String> made = domains.flatMap(
                domain -> Arbitraries.integers().between(1, 5).map(number -> "user" + number + "@" + domain));
        return Arbitraries.oneOf(known, made).set().ofMinSize(1).ofMaxSize(20).map(LinkedHashSet::new);
    }

    /** The recipients by way. */
    private static Map<String, Set<String>> route(List<String> recipients) throws MessagingException {
        Spool spool = new Spool();
        SelectConnector mailet =
                Samples.init(new SelectConnector(() -> LIVE, MailEvents.none()), spool, Samples.parameters());
        Mail mail = Samples.mail(recipients.toArray(String[]::new));

        mailet.service(mail);

        Map<String, Set<String>> routed = new TreeMap<>();
        spool.items().forEach(item -> add(routed, item.mail()));
        if (!mail.getState().equals(Mail.GHOST)) {
            add(routed, mail);
        }
        return routed;
    }

    private static void add(Map<String, Set<String>> routed, Mail mail) {
        String way = RouteStamp.of(mail).map(RouteStamp::route).orElse("wait");
        Set<String> before = routed.put(
                way,
                new TreeSet<>(
                        mail.getRecipients().stream().map(MailAddress::asString).toList()));
        assertThat(before).as("one mail per way").isNull();
    }

    private static String delivery(String recipient) {
        if (recipient.contains("[")) {
            return recipient.replaceAll("[\\[\\]]", "");
        }
        return RecipientResolver.resolveRecipient(LIVE.current(), EmailAddress.parse(recipient))
                .deliveryAddress()
                .toString();
    }
}
