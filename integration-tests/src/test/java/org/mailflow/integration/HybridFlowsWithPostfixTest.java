package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailflow.integration.Contoso.CHRIS;
import static org.mailflow.integration.Contoso.DAVID;
import static org.mailflow.integration.Contoso.DAVID_IN_THE_CLOUD;
import static org.mailflow.integration.Contoso.ERIN;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;

/**
 * The flows of a hybrid deployment with a real Postfix in the place of each side in turn, so that a fault that both ends
 * of a hop share cannot hide: Postfix' own judgement of TLS, certificates and envelopes stands against ours.
 */
@RequiresPeer("postfix")
class HybridFlowsWithPostfixTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static void assertOverTlsFrom(MailEvent event, String connector, Side peer) {
        assertThat(event.connector()).hasValue(connector);
        assertThat(event.tlsVersion()).hasValue("TLSv1.3");
        assertThat(event.peerIdentity()).hasValue("verified [" + peer.host() + "]");
    }

    /** In the header that Postfix wrote when it took the mail. */
    private static void assertVerifiedByPostfix(MailContent copy, Side client) {
        assertThat(copy.headers("Received").get(0))
                .contains("using TLSv1.3", "(Client CN \"" + client.host() + "\"", "(verified OK))");
    }

    /** Postfix plays the cloud; we are on-premises. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class PostfixIsTheCloud {

        private HybridWithPostfix hybrid;

        @BeforeAll
        void start(@TempDir Path directory) throws Exception {
            hybrid = new HybridWithPostfix(Side.ON_PREMISES, CHRIS, directory);
        }

        @AfterAll
        void noMailCameTwice() throws Exception {
            try (HybridWithPostfix ending = hybrid) {
                assertThat(ending.everything()).isNotEmpty().doesNotHaveDuplicates();
            }
        }

        @Test
        void f1InternetMailToTheCloudComesToUsForChrisAlone() throws Exception {
            TestMail mail = TestMail.of(ERIN, CHRIS, DAVID);

            assertThat(hybrid.sendToPostfix(mail).code()).isEqualTo(250);

            MailEvent hop = hybrid.onlyArrival(mail);
            assertThat(hop.recipients()).containsExactly(CHRIS);
            assertThat(hop.sender()).hasValue(ERIN);
            assertOverTlsFrom(hop, "From the cloud", Side.CLOUD);
            MailContent atChris = hybrid.onlyCopyAtOurs(mail, CHRIS);
            assertThat(atChris.headers("Received")).hasSize(2);
            assertThat(hybrid.onlyCopyAtPostfix(mail, DAVID_IN_THE_CLOUD).headers("Received"))
                    .hasSize(1);
        }

        @Test
        void f3InternetMailToUsGoesToTheCloudForDavidAlone() throws Exception {
            TestMail mail = TestMail.of(ERIN, CHRIS, DAVID);

            assertThat(hybrid.sendToOurs(mail).code()).isEqualTo(250);

            MailContent atDavid = hybrid.onlyCopyAtPostfix(mail, DAVID_IN_THE_CLOUD);
            assertVerifiedByPostfix(atDavid, Side.ON_PREMISES);
            assertThat(atDavid.header("Return-Path")).hasValue("<" + ERIN + ">");
            assertThat(atDavid.header("X-Original-To")).hasValue(DAVID_IN_THE_CLOUD);
            MailEvent hop = hybrid.onlyDeparture(mail);
            assertThat(hop.recipients()).containsExactly(DAVID_IN_THE_CLOUD);
            assertOverTlsFrom(hop, "To the cloud", Side.CLOUD);
            assertThat(hybrid.onlyCopyAtOurs(mail, CHRIS).headers("Received")).hasSize(1);
        }

        @Test
        void f4OurMailToTheInternetGoesThereDirectly() throws Exception {
            TestMail mail = TestMail.of(CHRIS, ERIN);

            assertThat(hybrid.submit(mail).code()).isEqualTo(250);

            assertThat(hybrid.onlyCopyAtTheInternet(mail).recipientAddresses()).containsExactly(ERIN);
            assertThat(hybrid.onlyDeparture(mail).connector()).isEmpty();
            assertThat(hybrid.postfixLog()).doesNotContain(mail.messageId());
        }

        @Test
        void f5MailOfTheCloudToTheInternetDoesNotPassUs() throws Exception {
            TestMail mail = TestMail.of(DAVID, ERIN);

            assertThat(hybrid.sendToPostfix(mail).code()).isEqualTo(250);

            assertThat(hybrid.onlyCopyAtTheInternet(mail).recipientAddresses()).containsExactly(ERIN);
            assertThat(hybrid.events(mail, MailEvent.Type.RECEIVED)).isEmpty();
        }

        @Test
        void mailForTheCloudWaitsWhileAnotherHostStandsInItsPlace() throws Exception {
            TestMail mail = TestMail.of(ERIN, DAVID);
            CertificateAuthority unknown = CertificateAuthority.create("Test authority");
            try (SmtpSink impostor = SmtpSink.builder()
                    .addresses("127.0.0.5")
                    .port(hybrid.postfixPort())
                    .tls(unknown.issue(Side.CLOUD.host()))
                    .start()) {
                hybrid.dns().remove(Side.CLOUD.host(), "A").a(Side.CLOUD.host(), "127.0.0.5");
                hybrid.sendToOurs(mail);

                await().atMost(PATIENCE).untilAsserted(() -> assertThat(hybrid.events(mail, MailEvent.Type.DEFERRED))
                        .hasSize(1));
                assertThat(impostor.transactions()).isEmpty();
                assertThat(impostor.connections()).isPositive();
            } finally {
                hybrid.dns().remove(Side.CLOUD.host(), "A").a(Side.CLOUD.host(), "127.0.0.1");
            }
            assertThat(hybrid.copiesAtPostfix(mail, DAVID_IN_THE_CLOUD)).isEmpty();
        }
    }

    /** Postfix plays the on-premises side; we are the cloud. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class PostfixIsOnPremises {

        private HybridWithPostfix hybrid;

        @BeforeAll
        void start(@TempDir Path directory) throws Exception {
            hybrid = new HybridWithPostfix(Side.CLOUD, DAVID, directory);
        }

        @AfterAll
        void noMailCameTwice() throws Exception {
            try (HybridWithPostfix ending = hybrid) {
                assertThat(ending.everything()).isNotEmpty().doesNotHaveDuplicates();
            }
        }

        @Test
        void f1InternetMailToUsGoesToOnPremisesForChrisAlone() throws Exception {
            TestMail mail = TestMail.of(ERIN, CHRIS, DAVID);

            assertThat(hybrid.sendToOurs(mail).code()).isEqualTo(250);

            MailContent atChris = hybrid.onlyCopyAtPostfix(mail, CHRIS);
            assertVerifiedByPostfix(atChris, Side.CLOUD);
            assertThat(atChris.header("Return-Path")).hasValue("<" + ERIN + ">");
            MailEvent hop = hybrid.onlyDeparture(mail);
            assertThat(hop.recipients()).containsExactly(CHRIS);
            assertOverTlsFrom(hop, "To on-premises", Side.ON_PREMISES);
            assertThat(hybrid.onlyCopyAtOurs(mail, DAVID).headers("Received")).hasSize(1);
        }

        @Test
        void f3InternetMailToOnPremisesComesToUsForDavidAlone() throws Exception {
            TestMail mail = TestMail.of(ERIN, CHRIS, DAVID);

            assertThat(hybrid.sendToPostfix(mail).code()).isEqualTo(250);

            MailEvent hop = hybrid.onlyArrival(mail);
            assertThat(hop.recipients()).isEqualTo(List.of(DAVID_IN_THE_CLOUD));
            assertThat(hop.sender()).hasValue(ERIN);
            assertOverTlsFrom(hop, "From on-premises", Side.ON_PREMISES);
            assertThat(hybrid.onlyCopyAtOurs(mail, DAVID).headers("Received")).hasSize(2);
            assertThat(hybrid.onlyCopyAtPostfix(mail, CHRIS).headers("Received"))
                    .hasSize(1);
        }

        @Test
        void f4MailOfOnPremisesToTheInternetDoesNotPassUs() throws Exception {
            TestMail mail = TestMail.of(CHRIS, ERIN);

            assertThat(hybrid.sendToPostfix(mail).code()).isEqualTo(250);

            assertThat(hybrid.onlyCopyAtTheInternet(mail).recipientAddresses()).containsExactly(ERIN);
            assertThat(hybrid.events(mail, MailEvent.Type.RECEIVED)).isEmpty();
        }

        @Test
        void f5OurMailToTheInternetGoesThereDirectly() throws Exception {
            TestMail mail = TestMail.of(DAVID, ERIN);

            assertThat(hybrid.submit(mail).code()).isEqualTo(250);

            assertThat(hybrid.onlyCopyAtTheInternet(mail).recipientAddresses()).containsExactly(ERIN);
            assertThat(hybrid.onlyDeparture(mail).connector()).isEmpty();
            assertThat(hybrid.postfixLog()).doesNotContain(mail.messageId());
        }
    }
}
