package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailflow.integration.Contoso.CHRIS;
import static org.mailflow.integration.Contoso.DAVID;
import static org.mailflow.integration.Contoso.ERIN;
import static org.mailflow.integration.Contoso.STRANGER;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.SmtpDialogue;

/**
 * How mail was passed off as an organization's own in the wild, from end to end with the servers of both premises: what is
 * answered, what the events say, and what stands in the header of the copy that is delivered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HybridSpoofingTest {

    private static final String AUTH_AS = "X-MS-Exchange-Organization-AuthAs";
    private static final String DIRECTIONALITY = "X-MS-Exchange-Organization-MessageDirectionality";
    private static final String SCL = "X-MS-Exchange-Organization-SCL";
    private static final String TENANT = "tenant.example";
    private static final String MALLORY = "mallory@tenant.example";
    private static final String CLEAR = "clear";

    private SpoofedPremises premises;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        premises = new SpoofedPremises(directory);
    }

    /** Erin was never written to by anybody but those who may. */
    @AfterAll
    void nothingWasRelayed() throws Exception {
        try (SpoofedPremises ending = premises) {
            assertThat(ending.internet().received())
                    .allSatisfy(mail -> assertThat(mail.content().headers("X-Test-Permitted"))
                            .hasSize(1));
        }
    }

    private void send(Side side, String from, String presents, SpoofedMail mail, String reply) throws IOException {
        try (SmtpDialogue smtp = premises.connect(side, from, presents)) {
            assertThat(mail.sendIn(smtp).text()).startsWith(reply);
        }
    }

    private void assertRefusedAtRcpt(Side side, String from, String presents, String mail, String to, String reply)
            throws IOException {
        int before = refusals(side).size();
        try (SmtpDialogue smtp = premises.connect(side, from, presents)) {
            smtp.send("MAIL FROM:" + mail).expect("250");
            smtp.send("RCPT TO:<" + to + ">").expect(reply);
            smtp.send("DATA").expect("503");
        }
        MailEvent refused = lastRefusal(side);
        assertThat(refusals(side)).hasSize(before + 1);
        assertThat(refused.peer()).hasValue(from);
        assertThat(refused.recipients()).containsExactly(to);
        assertThat(refused.reply().orElseThrow()).startsWith(reply);
    }

    private List<MailEvent> refusals(Side side) throws IOException {
        return premises.at(side).events(event -> event.type() == MailEvent.Type.REFUSED);
    }

    private MailEvent lastRefusal(Side side) throws IOException {
        List<MailEvent> refusals = refusals(side);
        return refusals.get(refusals.size() - 1);
    }

    private void assertExternal(Side side, TestMail mail, String directionality, String reason, String... scl) {
        MailContent copy = premises.onlyCopy(side, mail);
        assertThat(copy.headers(AUTH_AS)).containsExactly("Anonymous");
        assertThat(copy.headers(DIRECTIONALITY)).containsExactly(directionality);
        assertThat(copy.headers(SCL)).containsExactly(scl);
        assertThat(copy.headers(SpoofedPremises.INTERNAL)).isEmpty();
        assertThat(copy.text()).doesNotContain("X-MS-Exchange-CrossPremises");
        MailEvent received = premises.onlyEvent(side, mail, MailEvent.Type.RECEIVED);
        assertThat(received.reason().orElseThrow()).startsWith("external: ").contains(reason);
    }

    private void assertInternal(Side side, TestMail mail, String reason) {
        MailContent copy = premises.onlyCopy(side, mail);
        assertThat(copy.headers(AUTH_AS)).containsExactly("Internal");
        assertThat(copy.headers(SpoofedPremises.INTERNAL)).contains(side.toString());
        assertThat(premises.onlyEvent(side, mail, MailEvent.Type.RECEIVED)
                        .reason()
                        .orElseThrow())
                .startsWith("internal: ")
                .contains(reason);
    }

    // Direct Send: anybody writes to the organization in the name of its own people.

    @ParameterizedTest
    @ValueSource(
            strings = {CLEAR, "tls", "mail.evil.test", "mail.contoso.com/impostor", "mail.contoso.com/self-signed"})
    void directSendIsRefusedWhereTheOrganizationRejectsIt(String presents) throws Exception {
        assertRefusedAtRcpt(
                Side.CLOUD,
                STRANGER,
                presents,
                "<" + CHRIS + ">",
                DAVID,
                "550 5.7.68 TenantInboundAttribution; Direct Send not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {CLEAR, "tls", "mail.evil.test", "cloud.contoso.com/impostor"})
    void directSendIsAnonymousWhereItIsTaken(String presents) throws Exception {
        SpoofedMail mail = SpoofedMail.internal(DAVID, CHRIS);

        send(Side.ON_PREMISES, STRANGER, presents, mail, "250");

        assertExternal(Side.ON_PREMISES, mail.mail(), "Incoming", "nobody whom this server knows brought it");
    }

    // Echo spoofing: another customer of a service that the organization trusts sends in its name.

    @Test
    void anAddressThatOthersUseTooRelaysNothingForThem() throws Exception {
        SpoofedMail mail = SpoofedMail.internal(CHRIS, ERIN).of(TENANT);

        send(Side.CLOUD, SpoofedPremises.RANGE, CLEAR, mail, "550 5.7.64 TenantAttribution; Relay Access Denied");

        assertThat(lastRefusal(Side.CLOUD).reason().orElseThrow()).contains(TENANT, "X-OriginatorOrg", "contoso");
        assertRefusedAtRcpt(
                Side.CLOUD, SpoofedPremises.RANGE, CLEAR, "<" + MALLORY + ">", ERIN, "550 5.7.64 TenantAttribution");
        assertRefusedAtRcpt(Side.CLOUD, SpoofedPremises.RANGE, CLEAR, "<>", ERIN, "550 5.7.64 TenantAttribution");
    }

    @Test
    void anAddressThatOthersUseTooGivesThemNoNameOfOurs() throws Exception {
        SpoofedMail inOurName = SpoofedMail.internal(CHRIS, DAVID).of(TENANT);
        SpoofedMail inTheirs = SpoofedMail.internal(MALLORY, DAVID).of(TENANT);

        send(Side.CLOUD, SpoofedPremises.RANGE, CLEAR, inOurName, "550 5.7.68 TenantInboundAttribution");
        send(Side.CLOUD, SpoofedPremises.RANGE, CLEAR, inTheirs, "250");

        assertExternal(Side.CLOUD, inTheirs.mail(), "Originating", "a server of ours brought it", "-1");
    }

    @ParameterizedTest
    @CsvSource({
        ERIN + ", 550 5.7.64 TenantAttribution; Relay Access Denied",
        DAVID + ", 550 5.7.68 TenantInboundAttribution; Direct Send not allowed"
    })
    void anotherCustomersMailIsRefusedByItsHeader(String recipient, String reply) throws Exception {
        for (String said : List.of(TENANT, "notcontoso.com", "=?utf-8?q?contoso.com?=")) {
            SpoofedMail mail = SpoofedMail.internal(CHRIS, recipient).of(said);

            send(Side.CLOUD, STRANGER, SpoofedPremises.SERVICE, mail, reply);

            MailEvent refused = lastRefusal(Side.CLOUD);
            assertThat(refused.recipients()).containsExactly(recipient);
            assertThat(refused.peer()).hasValue(STRANGER);
            assertThat(refused.reason().orElseThrow()).contains(said, "X-OriginatorOrg");
        }
    }

    @Test
    void twoOrganizationsInAHeaderAreAnother() throws Exception {
        SpoofedMail mail = SpoofedMail.internal(CHRIS, ERIN).of(TENANT).of("contoso.com");

        send(Side.CLOUD, STRANGER, SpoofedPremises.SERVICE, mail, "550 5.7.64");
    }

    @Test
    void anotherCustomersMailIsRefusedByItsXoorg() throws Exception {
        String mail = "<" + CHRIS + "> XOORG=" + TENANT;

        assertRefusedAtRcpt(Side.CLOUD, STRANGER, SpoofedPremises.SERVICE, mail, ERIN, "550 5.4.1 Relay Access Denied");
        assertRefusedAtRcpt(Side.CLOUD, STRANGER, SpoofedPremises.SERVICE, mail, DAVID, "550 5.7.68");
    }

    @Test
    void anotherCustomersMailInItsOwnNameIsAnybodys() throws Exception {
        SpoofedMail mail = SpoofedMail.internal(MALLORY, DAVID).of("contoso.com");

        send(Side.CLOUD, STRANGER, SpoofedPremises.SERVICE, mail, "250");

        assertExternal(Side.CLOUD, mail.mail(), "Incoming", "nobody whom this server knows brought it");
        assertRefusedAtRcpt(
                Side.CLOUD,
                STRANGER,
                SpoofedPremises.SERVICE,
                "<" + MALLORY + ">",
                ERIN,
                "550 5.4.1 Relay Access Denied");
    }

    /** So what is refused above is refused for whose mail it is. */
    @Test
    void theOrganizationsOwnMailByTheServiceIsTakenAndRelayed() throws Exception {
        SpoofedMail inside = SpoofedMail.internal(CHRIS, DAVID).of("contoso.com");
        SpoofedMail outside = new SpoofedMail(TestMail.of(CHRIS, ERIN), "X-Test-Permitted: yes\r\n").of("contoso.com");

        send(Side.CLOUD, STRANGER, SpoofedPremises.SERVICE, inside, "250");
        send(Side.CLOUD, STRANGER, SpoofedPremises.SERVICE, outside, "250");

        assertInternal(Side.CLOUD, inside.mail(), "the other premises says");
        assertThat(premises.onlyEvent(Side.CLOUD, outside.mail(), MailEvent.Type.DELIVERED)
                        .recipients())
                .containsExactly(ERIN);
    }

    // Attribution where the evidence contradicts itself.

    @Test
    void aCertificateGoesBeforeAnAddress() throws Exception {
        SpoofedMail mail = SpoofedMail.internal(ERIN, DAVID);

        send(Side.CLOUD, SpoofedPremises.RANGE, Side.ON_PREMISES.host(), mail, "250");

        assertThat(premises.onlyEvent(Side.CLOUD, mail.mail(), MailEvent.Type.RECEIVED)
                        .connector())
                .hasValue("From on-premises");
        assertInternal(Side.CLOUD, mail.mail(), "the other premises says");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.contoso.com/impostor", "mail.contoso.com/expired", "mail.evil.test"})
    void aCertificateThatProvesNothingLeavesTheAddress(String presents) throws Exception {
        SpoofedMail mail = SpoofedMail.internal(CHRIS, DAVID);

        send(Side.CLOUD, SpoofedPremises.RANGE, presents, mail, "250");

        assertThat(premises.onlyEvent(Side.CLOUD, mail.mail(), MailEvent.Type.RECEIVED)
                        .connector())
                .hasValue("Shared range");
        assertExternal(Side.CLOUD, mail.mail(), "Originating", "a server of ours brought it", "-1");
    }

    // By way of the other side: what the internet said of itself must not come true on the second hop.

    @ParameterizedTest
    @ValueSource(strings = {ERIN, CHRIS, "postmaster@contoso.com"})
    void internetMailThatOnPremisesHandsOnIsNotInternalInTheCloud(String sender) throws Exception {
        SpoofedMail mail = SpoofedMail.internal(sender, DAVID).of("contoso.com");

        send(Side.ON_PREMISES, STRANGER, CLEAR, mail, "250");

        assertExternal(Side.CLOUD, mail.mail(), "Originating", "its sender was authenticated as Anonymous");
        assertThat(premises.onlyEvent(Side.CLOUD, mail.mail(), MailEvent.Type.RECEIVED)
                        .connector())
                .hasValue("From on-premises");
    }

    @Test
    void internetMailThatTheCloudHandsOnIsNotInternalOnPremises() throws Exception {
        SpoofedMail mail = SpoofedMail.internal(ERIN, CHRIS).of("contoso.com");

        send(Side.CLOUD, STRANGER, "tls", mail, "250");

        assertExternal(Side.ON_PREMISES, mail.mail(), "Originating", "its sender was authenticated as Anonymous");
        assertThat(premises.onlyEvent(Side.ON_PREMISES, mail.mail(), MailEvent.Type.RECEIVED)
                        .connector())
                .hasValue("From the cloud");
    }

    @Test
    void mailOfPeopleWhoLoggedOnIsInternalOnTheOtherSide() throws Exception {
        TestMail up = TestMail.of(CHRIS, DAVID);
        TestMail down = TestMail.of(DAVID, CHRIS);

        try (SmtpDialogue smtp = Submission.open(premises.at(Side.ON_PREMISES), Contoso.DESK, CHRIS)) {
            assertThat(up.sendIn(smtp).code()).isEqualTo(250);
        }
        try (SmtpDialogue smtp = Submission.open(premises.at(Side.CLOUD), Contoso.DESK, DAVID)) {
            assertThat(down.sendIn(smtp).code()).isEqualTo(250);
        }

        assertInternal(Side.CLOUD, up, "its sender was authenticated as Internal");
        assertInternal(Side.ON_PREMISES, down, "its sender was authenticated as Internal");
    }

    // A device between the premises that ends TLS and begins it anew, with whatever it has, and leaves the header as it
    // was.

    @ParameterizedTest
    @ValueSource(
            strings = {
                CLEAR,
                "tls",
                "device.contoso.com",
                "mail.contoso.com/impostor",
                "mail.contoso.com/self-signed",
                "mail.contoso.com/expired"
            })
    void behindADeviceOnPremisesIsAnybodyForTheCloud(String presents) throws Exception {
        SpoofedMail ofOthers = SpoofedMail.internal(ERIN, DAVID).of("contoso.com");

        send(Side.CLOUD, STRANGER, presents, ofOthers, "250");

        assertExternal(Side.CLOUD, ofOthers.mail(), "Incoming", "nobody whom this server knows brought it");
        assertRefusedAtRcpt(Side.CLOUD, STRANGER, presents, "<" + CHRIS + ">", DAVID, "550 5.7.68");
        assertRefusedAtRcpt(Side.CLOUD, STRANGER, presents, "<" + CHRIS + ">", ERIN, "550 5.4.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {CLEAR, "tls", "device.contoso.com", "cloud.contoso.com/impostor"})
    void behindADeviceTheCloudIsAnybodyOnPremises(String presents) throws Exception {
        SpoofedMail mail = SpoofedMail.internal(DAVID, CHRIS).of("contoso.com");

        send(Side.ON_PREMISES, STRANGER, presents, mail, "250");

        assertExternal(Side.ON_PREMISES, mail.mail(), "Incoming", "nobody whom this server knows brought it");
        assertRefusedAtRcpt(Side.ON_PREMISES, STRANGER, presents, "<" + DAVID + ">", ERIN, "550 5.7.1 Unable to relay");
    }
}
