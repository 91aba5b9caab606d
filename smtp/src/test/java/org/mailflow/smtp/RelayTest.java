package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.model.Premises;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** Who may send to the internet through this server, and who may not whatever he writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayTest {

    /** The name of whoever writes in our name is no evidence. */
    private static final List<String> SENDERS = List.of("a@x.test", "", "ceo@contoso.com", "anna@fourthcoffee.com");

    private static final List<String> OUTSIDE = List.of(
            "v@evil.test",
            "postmaster@evil.test",
            "abuse@evil.test",
            "v%evil.test@contoso.com",
            "v%evil.test",
            "evil.test!v",
            "evil.test!v@contoso.com",
            "\"v@evil.test\"@contoso.com",
            "@contoso.com:v@evil.test",
            "v@evil.test@contoso.com",
            "\"v@evil.test\"",
            "v@[127.0.0.1]",
            "v@[IPv6:::1]",
            "v@127.0.0.1",
            "v@2130706433",
            "v@#123",
            "v@contoso.com.",
            "v@contoso.com.evil.test",
            "v@evil.contoso.com",
            "v@contoso.com evil",
            "v@contoso.com,x@evil.test",
            "v@evil.test> <x@contoso.com",
            "\"a\\,b\"@contoso.com",
            "a\\,b@contoso.com",
            "somebody");

    private SmtpServerUnderTest server;

    @BeforeAll
    void start() throws Exception {
        // James would let every client of this network relay, and takes every domain for its own.
        server = SmtpServerUnderTest.builder(
                        Organizations.mailflow(Premises.ON_PREMISES, Certificates.AUTHORITY.certificate()),
                        Certificates.SERVER)
                .with("authorizedAddresses", "127.0.0.0/8")
                .with("authRequired", "true")
                .with("verifyIdentity", "false")
                .start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forget() throws Exception {
        server.clearSpool();
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of("in clear text", Optional.empty()),
                Arguments.of("without a certificate", Optional.of(Certificates.NO_CERTIFICATE)),
                Arguments.of(
                        "with a certificate of another authority", Optional.of(Certificates.FORGED_OTHER_PREMISES)),
                Arguments.of("with an expired certificate", Optional.of(Certificates.EXPIRED_OTHER_PREMISES)),
                Arguments.of("with the name as common name only", Optional.of(Certificates.COMMON_NAME_ONLY)),
                Arguments.of("with a verified certificate of somebody else", Optional.of(Certificates.SOMEBODY_ELSE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void neverRelaysForAStranger(String how, Optional<SSLContext> tls) throws Exception {
        List<String> accepted = new ArrayList<>();
        try (SmtpDialogue smtp = tls.isPresent()
                ? server.connect(Organizations.STRANGER, tls.get())
                : server.connect(Organizations.STRANGER)) {
            for (String sender : SENDERS) {
                smtp.send("MAIL FROM:<" + sender + ">").expect("250");
                for (String recipient : OUTSIDE) {
                    if (smtp.send("RCPT TO:<" + recipient + ">").read().code() < 500) {
                        accepted.add(sender + " -> " + recipient);
                    }
                }
                smtp.send("DATA").expect("503");
                smtp.send("RSET").expect("250");
            }
        }

        assertThat(accepted).isEmpty();
        assertThat(server.spooled()).isZero();
    }

    @Test
    void answersRoutesAs5_7_1() throws Exception {
        List<String> routes = OUTSIDE.stream()
                .filter(recipient -> recipient.matches("[^@]*[%!].*|\"[^\"]*@[^\"]*\"@.*"))
                .toList();
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("MAIL FROM:<>").expect("250");

            for (String route : routes) {
                smtp.send("RCPT TO:<" + route + ">").expect("550 5.7.1");
            }
        }

        assertThat(routes).hasSize(5);
    }

    static Stream<Arguments> ours() {
        Optional<SSLContext> certificate = Optional.of(Certificates.OTHER_PREMISES);
        return Stream.of(
                Arguments.of("other premises, own sender", "127.0.0.99", certificate, "chris@contoso.com"),
                Arguments.of("other premises, foreign sender", "127.0.0.99", certificate, "a@x.test"),
                Arguments.of("other premises, null sender", "127.0.0.99", certificate, ""),
                Arguments.of("printer, own sender", Organizations.PRINTER, Optional.empty(), "chris@contoso.com"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ours")
    void relaysForOurOwnServers(String who, String client, Optional<SSLContext> tls, String sender) throws Exception {
        SmtpReply reply;
        try (SmtpDialogue smtp = tls.isPresent() ? server.connect(client, tls.get()) : server.connect(client)) {
            reply = SmtpServerUnderTest.send(smtp, sender, "erin@cpandl.com");
        }

        assertThat(reply.text()).startsWith("250 2.6.0");
        assertThat(server.spooled()).isOne();
    }

    @Test
    void takesMailOfAnybodyForARecipientHere() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            SmtpReply reply =
                    SmtpServerUnderTest.send(smtp, "erin@cpandl.com", "chris@contoso.com", "anna@fourthcoffee.com");

            assertThat(reply.text()).startsWith("250 2.6.0");
        }
        assertThat(server.spooled()).isOne();
    }

    @Test
    void takesMailForPostmasterWithoutADomain() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            SmtpServerUnderTest.send(smtp, "", "Postmaster");
        }

        assertThat(server.spool().get(0).getRecipients()).hasToString("[postmaster@contoso.com]");
    }

    @Test
    void demandsWhatAPartnerConnectorDemands() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER, Certificates.SOMEBODY_ELSE)) {
            smtp.send("MAIL FROM:<a@tailspin.com>").expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("550 5.7.51");
        }
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER, Certificates.TAILSPIN)) {
            smtp.send("MAIL FROM:<a@tailspin.com>").expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
        }
        try (SmtpDialogue smtp = server.connect(Organizations.WOODGROVE)) {
            smtp.send("MAIL FROM:<a@woodgrove.com>").expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
            smtp.send("RCPT TO:<v@evil.test>").expect("550");
        }
    }
}
