package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.model.Mailflow;

/**
 * Two premises that hand mail to each other, whose users and groups forward it: each recipient is written as
 * {@code name@here=members} or {@code name@there=members}, a mailbox among its own members keeps a copy.
 */
class LoopsAcrossPremisesTest {

    private static final int HOPS = 30;
    private static final EmailAddress ERIN = EmailAddress.parse("erin@cpandl.com");

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/decisions/loops-across-premises.csv", numLinesToSkip = 1, delimiter = '|')
    void whoReceivesTheMail(
            String caption,
            @Nullable String users,
            String recipients,
            boolean proven,
            @Nullable String received,
            @Nullable String told,
            @TempDir Path directory)
            throws IOException {
        TwoPremises world = world(directory, users == null ? "" : users, proven, Set.of());

        send(world, recipients.strip().split(" "));

        assertThat(received(world)).as(caption).isEqualTo(received == null ? "" : received.strip());
        assertThat(told(world)).as(caption).isEqualTo(told == null ? "" : told.strip());
        assertThat(world.arrivals()).as("visits of: " + caption).isLessThanOrEqualTo(6);
    }

    @Test
    void withoutTheMarkTheHopCountIsTheGuard(@TempDir Path directory) throws IOException {
        TwoPremises world = world(directory, "", false, Set.of(TwoPremises.ON_PREMISES));

        send(world, "nobody@here.example");

        assertThat(world.mostHops()).isBetween(HOPS / 2, HOPS + 2);
        assertThat(world.outcomes).singleElement().satisfies(outcome -> assertThat(outcome.why())
                .contains("Hop count exceeded"));
        assertThat(world.answersSent()).isEqualTo(1);
    }

    /** Both have one secret, so that each reverses the senders that the other gave, and give their connectors the same names. */
    @Test
    void whatLeftTheOtherSideHasNotBeenHere(@TempDir Path directory) throws IOException {
        TwoPremises world = world(directory, "david@there.example", true, Set.of());
        Mailflow onPremises = world.side(TwoPremises.ON_PREMISES);
        Mailflow cloud = world.side(TwoPremises.CLOUD);
        Mailflow withItsSecret =
                new Mailflow(1, cloud.server(), cloud.organizations(), onPremises.signingKey(), cloud.clock());
        RoutePlan left = Router.plan(
                withItsSecret, Optional.of(ERIN), Optional.empty(), List.of(EmailAddress.parse("chris@here.example")));
        String field = String.join("\r\n", left.groups().get(0).loopMark());
        LoopHeader header = LoopHeader.of(List.of(Map.entry(LoopMarks.FIELD, field.substring(field.indexOf(':') + 1))));

        RoutePlan plan = Router.plan(
                onPremises,
                Optional.of(ERIN),
                Optional.empty(),
                List.of(EmailAddress.parse("chris@here.example")),
                Contacts.NONE,
                LoopMarks.of(onPremises, header, Optional.empty()));

        assertThat(left.groups().get(0).route().word()).isEqualTo("connector contoso/To the other side");
        assertThat(plan.groups().get(0).route().word()).isEqualTo("connector contoso/To the other side");
    }

    private static TwoPremises world(Path directory, String users, boolean proven, Set<Integer> behindDevice)
            throws IOException {
        List<Mailflow> sides = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            Map<EmailAddress, Recipient> known = new HashMap<>();
            for (String user : users.strip().split("\\s+")) {
                add(known, user, side);
            }
            sides.add(side(directory, side, proven, address -> Optional.ofNullable(known.get(address))
                    .<DirectoryAnswer>map(DirectoryAnswer.Found::new)
                    .orElseGet(DirectoryAnswer.NotFound::new)));
        }
        Map<DomainName, Integer> exchangers =
                Map.of(DomainName.parse("here.example"), 0, DomainName.parse("there.example"), 1);
        return new TwoPremises(sides, exchangers, Map.of(), behindDevice);
    }

    /** A recipient is known where it is; the other side relays what it does not know. */
    private static void add(Map<EmailAddress, Recipient> known, String user, int side) {
        String[] parts = user.split("=");
        String here = side == 0 ? "@here.example" : "@there.example";
        if (parts.length == 2 && parts[0].endsWith(here)) {
            EmailAddress address = EmailAddress.parse(parts[0]);
            List<EmailAddress> members =
                    Arrays.stream(parts[1].split(",")).map(EmailAddress::parse).toList();
            known.put(address, Recipient.expandedTo(address, List.of(), new Expansion(members)));
        } else if (parts.length == 1 && user.endsWith(here)) {
            EmailAddress address = EmailAddress.parse(user);
            known.put(address, new Recipient(address, Optional.empty(), List.of()));
        }
    }

    private static Mailflow side(Path directory, int side, boolean proven, RecipientDirectory recipients)
            throws IOException {
        Path folder = Files.createDirectories(directory.resolve("side" + side));
        Mailflow written = Written.mailflow(
                folder,
                """
                <mailflow><server><fqdn>%1$s</fqdn>%2$s</server>
                  <organization name="contoso" premises="%3$s">
                    <acceptedDomain name="here.example" type="internalRelay"/>
                    <acceptedDomain name="there.example" type="internalRelay"/>
                    <inboundConnector name="From the other side">
                      <connectorType>onPremises</connectorType>
                      <senderDomains>*</senderDomains>
                      %4$s
                    </inboundConnector>
                    <outboundConnector name="To the other side">
                      <connectorType>onPremises</connectorType>
                      <allAcceptedDomains>true</allAcceptedDomains>
                      <useMXRecord>false</useMXRecord>
                      <smartHosts>%5$s</smartHosts>
                      <tlsSettings>certificateValidation</tlsSettings>
                      <tlsCertificateName>%1$s</tlsCertificateName>
                      <cloudServicesMailEnabled>true</cloudServicesMailEnabled>
                    </outboundConnector>
                  </organization>
                </mailflow>
                """
                        .formatted(
                                TwoPremises.HOSTS.get(side),
                                TwoPremises.certificate(side),
                                side == 0 ? "onPremises" : "cloud",
                                proven
                                        ? "<tlsSenderCertificateName>" + TwoPremises.HOSTS.get(1 - side)
                                                + "</tlsSenderCertificateName>"
                                                + "<cloudServicesMailEnabled>true</cloudServicesMailEnabled>"
                                        : "<senderIPAddresses>192.0.2.0/24</senderIPAddresses>",
                                TwoPremises.HOSTS.get(1 - side)));
        return new Mailflow(
                1,
                written.server(),
                List.of(written.organizations().get(0).withDirectory(recipients)),
                written.signingKey(),
                written.clock());
    }

    /** Somebody on the internet sends a mail to the side that has the first recipient. */
    private static void send(TwoPremises world, String... recipients) {
        world.send(
                recipients[0].endsWith("@here.example") ? 0 : 1,
                TwoPremises.stranger(),
                Optional.of(ERIN),
                Arrays.stream(recipients).map(EmailAddress::parse).toList());
    }

    private static String received(TwoPremises world) {
        Map<String, Long> mails = world.outcomes.stream()
                .filter(outcome -> outcome.end() == TwoPremises.End.DELIVERED)
                .collect(Collectors.groupingBy(
                        outcome -> outcome.address().toString(), TreeMap::new, Collectors.counting()));
        return mails.entrySet().stream()
                .map(mail -> mail.getKey() + (mail.getValue() == 1 ? "" : " x" + mail.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String told(TwoPremises world) {
        return world.outcomes.stream()
                .filter(outcome -> outcome.end() == TwoPremises.End.RETURNED)
                .map(outcome -> outcome.address().toString())
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
