package org.mailflow.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailflow.mailets.Samples.address;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.decision.Directionality;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.Premises;
import org.mailflow.james.HandedOn;
import org.mailflow.james.RouteStamp;
import org.mailflow.james.SampleConnector;
import org.mailflow.james.SampleFlow;

class SelectConnectorTest {

    private final SampleFlow flow = SampleFlow.contoso()
            .outbound(SampleConnector.named("To the cloud").domains("contoso.mail.onmicrosoft.com"))
            .outbound(SampleConnector.named("Fabrikam").domains("fabrikam.com", "*.fabrikam.com"))
            .unavailable("flaky@contoso.com");
    private final LiveMailflow live = flow.live();
    private final Samples.Log log = new Samples.Log();
    private final Spool spool = new Spool();

    private SelectConnector mailet(String... parameters) throws MessagingException {
        return Samples.init(new SelectConnector(() -> live, log), spool, Samples.parameters(parameters));
    }

    @ParameterizedTest
    @CsvSource({
        "chris@contoso.com,          local-delivery,    local",
        "info@contoso.com,           local-delivery,    local",
        "david@contoso.com,          relay,             connector contoso/To the cloud",
        "bob@fabrikam.com,           relay,             connector contoso/Fabrikam",
        "bob@eu.fabrikam.com,        relay,             connector contoso/Fabrikam",
        "erin@cpandl.com,            relay,             mx",
        "nobody@contoso.com,         unknown-recipient, unknown recipient",
        "old@stranded.contoso.com,   unreachable,       unreachable",
        "user@[192.0.2.1],           not-permitted,     not permitted"
    })
    void sendsARecipientToTheProcessorOfItsWay(String recipient, String state, String route) throws MessagingException {
        Mail mail = Samples.mail(recipient);

        mailet().service(mail);

        Mail routed = mail.getState().equals(Mail.GHOST) ? spool.items().get(0).mail() : mail;
        String processor =
                mail.getState().equals(Mail.GHOST) ? spool.items().get(0).state() : mail.getState();
        assertThat(processor).isEqualTo(state);
        assertThat(RouteStamp.of(routed)).hasValueSatisfying(stamp -> {
            assertThat(stamp.route()).isEqualTo(route);
            assertThat(stamp.routedIn()).isEqualTo("routing");
            assertThat(stamp.reason()).isNotEmpty();
            assertThat(stamp.holdsFor(routed)).isTrue();
        });
        assertThat(log.of(MailEvent.Type.ROUTED)).hasSize(1);
        assertThat(log.of(MailEvent.Type.TRANSFERRED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"unknown-recipient, ''", "too-large, too-large"})
    void returnsAMailThatIsTooLargeForEveryConnectorThatServesItsRecipient(String expected, String processor)
            throws Exception {
        flow.outbound(SampleConnector.named("Fabrikam").domains("fabrikam.com").maxMessageSize(1_000));
        live.reload();
        FakeMail mail = Samples.mail("bob@fabrikam.com", "erin@cpandl.com");
        mail.setMessageSize(1_001);

        (processor.isEmpty() ? mailet() : mailet("tooLargeProcessor", processor)).service(mail);

        assertThat(spool.items()).extracting(Spool.Item::state).containsExactlyInAnyOrder(expected, "relay");
        Mail returned = spool.items().stream()
                .filter(item -> item.state().equals(expected))
                .findFirst()
                .orElseThrow()
                .mail();
        assertThat(AttributeUtils.getValueAndCastFromMail(returned, AttributeName.of("delivery-error"), String.class))
                .hasValueSatisfying(error -> assertThat(error).startsWith("550 5.3.4 ROUTING.SizeLimit"));
        assertThat(RouteStamp.of(returned).orElseThrow().reason()).contains("1000 bytes at most", "the mail has 1001");
    }

    @Test
    void makesOneMailPerWayNotPerRecipient() throws MessagingException {
        Mail mail = Samples.mail(
                "chris@contoso.com", "david@contoso.com", "bob@fabrikam.com", "eve@fabrikam.com", "erin@cpandl.com");
        mail.addSpecificHeaderForRecipient(
                PerRecipientHeaders.Header.builder().name("X-For").value("bob").build(), address("bob@fabrikam.com"));
        mail.setAttribute(new Attribute(AttributeName.of("kept"), AttributeValue.of("yes")));

        mailet().service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(spool.items())
                .extracting(Spool.Item::recipients)
                .containsExactlyInAnyOrder(
                        List.of("chris@contoso.com"),
                        List.of("david@contoso.mail.onmicrosoft.com"),
                        List.of("bob@fabrikam.com", "eve@fabrikam.com"),
                        List.of("erin@cpandl.com"));
        assertThat(spool.items()).allSatisfy(item -> {
            assertThat(AttributeUtils.getValueAndCastFromMail(item.mail(), AttributeName.of("kept"), String.class))
                    .contains("yes");
            assertThat(item.mail()
                            .getPerRecipientSpecificHeaders()
                            .getHeaderNamesForRecipient(address("bob@fabrikam.com")))
                    .containsExactly("X-For");
            assertThat(item.name()).startsWith("mail-1-");
        });
        assertThat(spool.items().stream().map(Spool.Item::name).collect(Collectors.toSet()))
                .hasSize(4);
        assertThat(log.of(MailEvent.Type.TRANSFERRED)).hasSize(4);
        assertThat(log.of(MailEvent.Type.ROUTED)).hasSize(4);
    }

    @Test
    void sendsOneCopyToEverybodyBehindAGroup() throws MessagingException, InvalidConfigurationException {
        flow.group("staff@contoso.com", "chris@contoso.com", "bob@fabrikam.com", "sales@contoso.com")
                .group("sales@contoso.com", "chris@contoso.com", "eve@fabrikam.com", "staff@contoso.com");
        live.reload();
        Mail mail = Samples.mail("staff@contoso.com", "chris@contoso.com");
        mail.setDsnParameters(DsnParameters.builder()
                .addRcptParameter(
                        address("staff@contoso.com"), RecipientDsnParameters.of(EnumSet.of(DsnParameters.Notify.NEVER)))
                .build()
                .orElseThrow());

        mailet().service(mail);

        assertThat(spool.items())
                .extracting(Spool.Item::recipients)
                .containsExactlyInAnyOrder(
                        List.of("chris@contoso.com"), List.of("bob@fabrikam.com", "eve@fabrikam.com"));
        assertThat(spool.items().get(1).mail().dsnParameters().orElseThrow().getRcptParameters())
                .containsKeys(address("bob@fabrikam.com"), address("eve@fabrikam.com"))
                .doesNotContainKey(address("staff@contoso.com"))
                .allSatisfy(
                        (member, wish) -> assertThat(wish.getOrcptParameter()).contains(address("staff@contoso.com")));
    }

    @Test
    void onlyCopiesThatNeedItGetASenderOfOurs() throws MessagingException, InvalidConfigurationException {
        flow.premises(Premises.CLOUD).target("partner@contoso.com", "bob@fabrikam.com");
        live.reload();
        Mail ours = Samples.stamped(
                Directionality.INCOMING, live.current().generation(), "partner@contoso.com", "chris@contoso.com");
        Mail mail = Envelope.withSender(ours, EmailAddress.parse("pat@adatum.com"));

        mailet().service(mail);

        assertThat(mail.getMaybeSender().asString()).isEqualTo("pat@adatum.com");
        assertThat(spool.items())
                .extracting(item -> item.mail().getMaybeSender().asString())
                .satisfiesExactlyInAnyOrder(
                        sender -> assertThat(sender).isEqualTo("pat@adatum.com"),
                        sender -> assertThat(sender).matches("partner\\+SRS=.*=adatum.com=pat@contoso.com"));
        assertThat(log.of(MailEvent.Type.REWRITTEN))
                .filteredOn(event -> event.reason().orElse("").startsWith("sender to partner+SRS="))
                .singleElement()
                .satisfies(event -> assertThat(event.sender()).contains("pat@adatum.com"));
    }

    @Test
    void returnsAGroupThatLeadsToNobody() throws MessagingException, InvalidConfigurationException {
        flow.group("a@contoso.com", "b@contoso.com").group("b@contoso.com", "a@contoso.com");
        live.reload();
        Mail mail = Samples.mail("a@contoso.com");

        mailet().service(mail);

        Spool.Item item = spool.items().get(0);
        assertThat(item.state()).isEqualTo("unknown-recipient");
        assertThat(item.recipients()).containsExactly("a@contoso.com");
        assertThat(AttributeUtils.getValueAndCastFromMail(
                        item.mail(), AttributeName.of("delivery-error"), String.class))
                .hasValueSatisfying(error -> assertThat(error).startsWith("554 5.4.6"));
    }

    @Test
    void letsAMemberWaitWithoutTheOthers() throws MessagingException, InvalidConfigurationException {
        flow.group("staff@contoso.com", "chris@contoso.com", "flaky@contoso.com")
                .unavailable("flaky@contoso.com");
        live.reload();

        mailet().service(Samples.mail("staff@contoso.com"));

        assertThat(spool.items())
                .extracting(item -> item.state() + " " + item.recipients())
                .containsExactlyInAnyOrder("local-delivery [chris@contoso.com]", "routing [flaky@contoso.com]");
    }

    @Test
    void goesOnInPlaceWhereThereIsOneWayOutAndNothingToChange() throws MessagingException {
        Mail mail = Samples.mail("bob@fabrikam.com", "eve@fabrikam.com");

        mailet().service(mail);

        assertThat(spool.items()).isEmpty();
        assertThat(mail.getState()).isEqualTo("relay");
        assertThat(mail.getName()).isEqualTo("mail-1");
        assertThat(RouteStamp.of(mail).orElseThrow().outboundConnector()).contains("contoso/Fabrikam");
    }

    @Test
    void leavesTheMailWholeWhereACopyCannotBeEnqueued() throws MessagingException {
        spool.failAt(2);
        Mail mail = Samples.mail("chris@contoso.com", "david@contoso.com", "erin@cpandl.com");

        SelectConnector mailet = mailet();
        assertThatThrownBy(() -> mailet.service(mail)).isInstanceOf(MessagingException.class);
        List<String> before = Samples.recipients(mail);
        mailet.service(mail);

        assertThat(before).containsExactly("chris@contoso.com", "david@contoso.com", "erin@cpandl.com");
        assertThat(spool.items().stream().flatMap(item -> item.recipients().stream()))
                .as("nobody has a second copy")
                .containsExactlyInAnyOrder(
                        "chris@contoso.com", "david@contoso.mail.onmicrosoft.com", "erin@cpandl.com");
        assertThat(spool.items().stream().map(Spool.Item::name).distinct()).hasSize(3);
    }

    @Test
    void sendsAGroupInSeveralCopiesToEachMemberOnceHoweverOftenItIsInterrupted()
            throws MessagingException, InvalidConfigurationException {
        flow.group("staff@contoso.com", "chris@contoso.com", "david@contoso.com", "erin@cpandl.com");
        live.reload();
        spool.failAt(2).failAt(4);
        Mail mail = Samples.mail("staff@contoso.com");
        SelectConnector mailet = mailet();

        assertThatThrownBy(() -> mailet.service(mail)).isInstanceOf(MessagingException.class);
        HandedOn.leaveTheOthers(mail, List.copyOf(mail.getRecipients()));
        assertThatThrownBy(() -> mailet.service(mail)).isInstanceOf(MessagingException.class);
        HandedOn.leaveTheOthers(mail, List.copyOf(mail.getRecipients()));
        mailet.service(mail);

        List<String> recipients = new ArrayList<>();
        spool.items().forEach(item -> recipients.addAll(item.recipients()));
        if (!mail.getState().equals(Mail.GHOST)) {
            recipients.addAll(Samples.recipients(mail));
        }
        assertThat(recipients)
                .containsExactlyInAnyOrder(
                        "chris@contoso.com", "david@contoso.mail.onmicrosoft.com", "erin@cpandl.com");
        assertThat(spool.items())
                .allSatisfy(item -> assertThat(item.mail().getAttribute(AttributeName.of("org.mailflow.handedOnTo")))
                        .isEmpty());
    }

    @Test
    void endsAMailOfWhichEveryCopyWasSentBeforeTheFault() throws MessagingException {
        Mail mail = Samples.mail("chris@contoso.com", "david@contoso.com");
        HandedOn.add(mail, mail.getRecipients());

        mailet().service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(spool.items()).isEmpty();
    }

    @Test
    void makesAnExceptionOfAnErrorSoThatJamesKeepsTheMail() throws MessagingException {
        SelectConnector broken = Samples.init(
                new SelectConnector(
                        () -> {
                            throw new NoClassDefFoundError("org/example/Missing");
                        },
                        MailEvents.none()),
                spool,
                Samples.parameters());
        Mail mail = Samples.mail("chris@contoso.com");

        assertThatThrownBy(() -> broken.service(mail))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("SelectConnector")
                .hasRootCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(Samples.recipients(mail)).containsExactly("chris@contoso.com");
    }

    @Test
    void waitsWhereADirectoryIsUnavailableLongerFromTimeToTime() throws MessagingException {
        SelectConnector mailet = mailet("waitIntervals", "30s, 5m");
        Mail mail = Samples.mail("flaky@contoso.com");

        mailet.service(mail);
        mailet.service(spool.items().get(0).mail());
        mailet.service(spool.items().get(1).mail());

        assertThat(spool.items())
                .extracting(Spool.Item::delay)
                .containsExactly(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5));
        assertThat(spool.items()).allSatisfy(item -> {
            assertThat(item.state()).isEqualTo("routing");
            assertThat(item.recipients()).containsExactly("flaky@contoso.com");
            assertThat(item.name()).isEqualTo("mail-1");
        });
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(log.of(MailEvent.Type.DEFERRED)).hasSize(3);
        assertThat(log.of(MailEvent.Type.ROUTED)).isEmpty();
    }

    @Test
    void decidesAWaitingMailOnTheSnapshotThatRunsThen() throws MessagingException, InvalidConfigurationException {
        SelectConnector mailet = mailet();
        Mail mail = Samples.stamped(
                Directionality.ORIGINATING, live.current().generation(), "flaky@contoso.com", "chris@contoso.com");
        mailet.service(mail);
        Mail waiting = spool.items().stream()
                .filter(item -> item.state().equals("routing"))
                .findFirst()
                .orElseThrow()
                .mail();
        flow.available("flaky@contoso.com").mailbox("flaky@contoso.com");
        live.reload();

        waiting.setState("routing");
        mailet.service(waiting);

        assertThat(spool.items().get(2).state()).isEqualTo("local-delivery");
        assertThat(spool.items().get(2).recipients()).containsExactly("flaky@contoso.com");
    }

    @Test
    void decidesOnTheSnapshotThatTheSessionBeganWith() throws MessagingException, InvalidConfigurationException {
        long before = live.current().generation();
        flow.withoutOutbound("Fabrikam");
        live.reload();
        Mail mail = Samples.stamped(Directionality.ORIGINATING, before, "bob@fabrikam.com");

        mailet().service(mail);

        assertThat(RouteStamp.of(mail).orElseThrow().outboundConnector()).contains("contoso/Fabrikam");
    }

    @Test
    void doesNotRelayIncomingMail() throws MessagingException {
        Mail mail = Samples.stamped(
                Directionality.INCOMING, live.current().generation(), "bob@fabrikam.com", "david@contoso.com");

        mailet().service(mail);

        assertThat(spool.items()).extracting(Spool.Item::state).containsExactlyInAnyOrder("not-permitted", "relay");
        assertThat(AttributeUtils.getValueAndCastFromMail(
                        spool.items().stream()
                                .filter(item -> item.state().equals("not-permitted"))
                                .findFirst()
                                .orElseThrow()
                                .mail(),
                        AttributeName.of("delivery-error"),
                        String.class))
                .contains("550 5.7.1 Unable to relay");
    }

    /** As when its connector is removed while it waits: the external address alone would be anybody's. */
    @Test
    void routesIncomingMailToAContactOnceMore() throws MessagingException {
        Mail mail = Samples.stamped(Directionality.INCOMING, live.current().generation(), "contact@contoso.com");
        mailet().service(mail);
        Mail routed = spool.items().get(0).mail();
        RouteStamp.remove(routed);
        routed.setState("routing");

        mailet().service(routed);

        assertThat(Samples.recipients(routed)).containsExactly("erin@cpandl.com");
        assertThat(RouteStamp.of(routed).orElseThrow().route()).isEqualTo("mx");
        assertThat(log.of(MailEvent.Type.REWRITTEN)).hasSize(1);
    }

    @Test
    void routesIncomingMailToAContactThatWasReaddressedBefore() throws MessagingException {
        Mail mail = Samples.stamped(Directionality.INCOMING, live.current().generation(), "contact@contoso.com");
        Samples.init(new RewriteToRoutingAddress(() -> live, log), spool, Samples.parameters())
                .service(mail);

        mailet().service(mail);

        assertThat(RouteStamp.of(mail).orElseThrow().route()).isEqualTo("mx");
    }

    @Test
    void throwsForADamagedStamp() throws MessagingException {
        Mail mail = Samples.stamped(Directionality.ORIGINATING, 1, "bob@fabrikam.com");
        mail.setAttribute(new Attribute(AttributeName.of("org.mailflow.clientIp"), AttributeValue.of("nonsense")));

        SelectConnector mailet = mailet();

        assertThatThrownBy(() -> mailet.service(mail)).isInstanceOf(MessagingException.class);
        assertThat(spool.items()).isEmpty();
    }

    @Test
    void namesTheProcessorsThatItNeeds() throws MessagingException {
        assertThat(mailet("relayProcessor", "out", "unreachableProcessor", "stop")
                        .requiredProcessingState())
                .extracting(ProcessingState::getValue)
                .contains("local-delivery", "out", "unknown-recipient", "stop", "not-permitted")
                .doesNotContain("relay");
    }

    @Test
    void refusesEverythingWrongAtOnce() {
        String[] parameters = {"relayProcesor", "x", "waitIntervals", "soon", "localProcessor", " "};

        assertThatThrownBy(() -> mailet(parameters))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("<relayProcesor> is not a parameter")
                .hasMessageContaining("'soon' is not a length of time")
                .hasMessageContaining("<localProcessor> is empty");
    }
}
