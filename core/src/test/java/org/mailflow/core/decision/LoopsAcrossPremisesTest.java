package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;

/**
 * Two premises that hand mail to each other, whose users and groups forward it: each recipient is written as
 * {@code name@here=members} or {@code name@there=members}, a mailbox among its own members keeps a copy.
 */
class LoopsAcrossPremisesTest {

    private static final int HOPS = 30;

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
        World world = new World(directory, users == null ? "" : users, proven);

        world.send(recipients.strip().split(" "));

        assertThat(world.received()).as(caption).isEqualTo(received == null ? "" : received.strip());
        assertThat(world.told()).as(caption).isEqualTo(told == null ? "" : told.strip());
        assertThat(world.hops).as("hops of: " + caption).isLessThanOrEqualTo(6);
    }

    @Test
    void withoutTheMarkTheHopCountIsTheGuard(@TempDir Path directory) throws IOException {
        World world = new World(directory, "", true);
        world.strips = true;

        world.send("nobody@here.example");

        assertThat(world.hops).isEqualTo(HOPS);
        assertThat(world.told()).isEmpty();
    }

    /** A mail on its way to one side. */
    private record Copy(int side, List<EmailAddress> recipients, List<Entry<String, String>> header, boolean first) {}

    private static final class World {
        private final List<Mailflow> sides = new ArrayList<>();
        private final boolean proven;
        private final Map<String, Integer> received = new TreeMap<>();
        private final List<String> told = new ArrayList<>();
        private boolean strips;
        private int hops;

        World(Path directory, String users, boolean proven) throws IOException {
            this.proven = proven;
            for (int side = 0; side < 2; side++) {
                Map<EmailAddress, Recipient> known = new HashMap<>();
                for (String user : users.strip().split("\\s+")) {
                    add(known, user, side);
                }
                sides.add(side(directory, side, address -> Optional.ofNullable(known.get(address))
                        .<DirectoryAnswer>map(DirectoryAnswer.Found::new)
                        .orElseGet(DirectoryAnswer.NotFound::new)));
            }
        }

        /** A recipient is known where it is; the other side relays what it does not know. */
        private static void add(Map<EmailAddress, Recipient> known, String user, int side) {
            String[] parts = user.split("=");
            String here = side == 0 ? "@here.example" : "@there.example";
            if (parts.length == 2 && parts[0].endsWith(here)) {
                EmailAddress address = EmailAddress.parse(parts[0]);
                List<EmailAddress> members = Arrays.stream(parts[1].split(","))
                        .map(EmailAddress::parse)
                        .toList();
                known.put(
                        address,
                        new Recipient(address, Optional.empty(), List.of(), Optional.of(new Expansion(members))));
            } else if (parts.length == 1 && user.endsWith(here)) {
                EmailAddress address = EmailAddress.parse(user);
                known.put(address, new Recipient(address, Optional.empty(), List.of()));
            }
        }

        private static Mailflow side(Path directory, int side, RecipientDirectory recipients) throws IOException {
            Path folder = Files.createDirectories(directory.resolve("side" + side));
            Mailflow written = Written.mailflow(
                    folder,
                    """
                    <mailflow><server><fqdn>mail%d.example</fqdn></server>
                      <organization name="contoso" premises="%s">
                        <acceptedDomain name="here.example" type="internalRelay"/>
                        <acceptedDomain name="there.example" type="internalRelay"/>
                        <inboundConnector name="From the other side">
                          <connectorType>onPremises</connectorType>
                          <senderDomains>*</senderDomains>
                          <tlsSenderCertificateName>mail%d.example</tlsSenderCertificateName>
                          <cloudServicesMailEnabled>true</cloudServicesMailEnabled>
                        </inboundConnector>
                        <outboundConnector name="To the other side">
                          <connectorType>onPremises</connectorType>
                          <allAcceptedDomains>true</allAcceptedDomains>
                          <useMXRecord>false</useMXRecord>
                          <smartHosts>mail%d.example</smartHosts>
                          <cloudServicesMailEnabled>true</cloudServicesMailEnabled>
                        </outboundConnector>
                      </organization>
                    </mailflow>
                    """
                            .formatted(side, side == 0 ? "onPremises" : "cloud", 1 - side, 1 - side));
            return new Mailflow(
                    1, written.server(), List.of(written.organizations().get(0).withDirectory(recipients)));
        }

        /** Somebody on the internet sends a mail to the side that has the first recipient. */
        void send(String... recipients) {
            Deque<Copy> way = new ArrayDeque<>();
            List<EmailAddress> to =
                    Arrays.stream(recipients).map(EmailAddress::parse).toList();
            int side = recipients[0].endsWith("@here.example") ? 0 : 1;
            way.add(new Copy(side, to, List.of(Map.entry("Message-ID", "<1@cpandl.com>")), true));
            while (!way.isEmpty() && hops < HOPS) {
                hops++;
                take(way.remove(), way);
            }
        }

        private void take(Copy copy, Deque<Copy> way) {
            Mailflow mailflow = sides.get(copy.side());
            Optional<Stamp> stamp = Optional.of(stamp(copy));
            LoopMarks marks = LoopMarks.of(mailflow, LoopHeader.of(copy.header()), stamp);
            RoutePlan plan = Router.plan(mailflow, Optional.empty(), stamp, copy.recipients(), Contacts.NONE, marks);
            for (RoutePlan.Group group : plan.groups()) {
                List<EmailAddress> addresses = group.recipients().stream()
                        .map(RoutePlan.Routed::deliveryAddress)
                        .distinct()
                        .toList();
                if (group.route() instanceof Route.Local) {
                    addresses.forEach(address -> received.merge(address.toString(), 1, Integer::sum));
                } else if (group.route() instanceof Route.ByConnector) {
                    way.add(new Copy(1 - copy.side(), addresses, header(group, copy.header()), false));
                } else if (group.route() instanceof Route.MailLoop) {
                    addresses.forEach(address -> told.add(address.toString()));
                } else {
                    assertThat(group.route()).isInstanceOf(Route.AlreadyReceived.class);
                }
            }
        }

        private List<Entry<String, String>> header(RoutePlan.Group group, List<Entry<String, String>> before) {
            List<Entry<String, String>> header = new ArrayList<>();
            header.add(Map.entry("Received", "by the next"));
            if (!strips) {
                String field = String.join("\r\n", group.loopMark());
                header.add(Map.entry(LoopMarks.FIELD, field.substring(field.indexOf(':') + 1)));
            }
            header.addAll(before);
            return header;
        }

        private Stamp stamp(Copy copy) {
            boolean byConnector = !copy.first();
            return new Stamp(
                    1,
                    IpAddress.parse("192.0.2.1"),
                    Optional.empty(),
                    byConnector && proven ? new PeerIdentity.Verified(List.of("mail.example")) : PeerIdentity.none(),
                    byConnector ? Optional.of("contoso") : Optional.empty(),
                    byConnector ? Optional.of("From the other side") : Optional.empty(),
                    byConnector ? Directionality.ORIGINATING : Directionality.INCOMING,
                    false,
                    false,
                    Optional.empty());
        }

        String received() {
            return received.entrySet().stream()
                    .map(mail -> mail.getKey() + (mail.getValue() == 1 ? "" : " x" + mail.getValue()))
                    .collect(Collectors.joining(" "));
        }

        String told() {
            return told.stream().sorted().collect(Collectors.joining(" "));
        }
    }
}
