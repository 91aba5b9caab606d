package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.MimeLimits;
import org.mailflow.core.model.Premises;
import org.mailflow.core.model.SessionLimits;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.tls.TlsContexts;

/** What a client gets that takes too much, over the wire. */
class SessionLimitsTest {

    /** The replies of core that are tested here, and in {@link RoomTest}. */
    static final List<String> REPLIES = List.of(
            "TOO_MANY_RECIPIENTS",
            "TOO_MANY_ERRORS",
            "NOT_HTTP",
            "TOO_MANY_LOGON_FAILURES",
            "LOGON_NOT_NOW",
            "LOGON_UNAVAILABLE",
            "CONNECTION_TIMED_OUT",
            "STARTTLS_FIRST",
            "NOT_AUTHENTICATED");

    private static final SessionLimits LIMITS = new SessionLimits(100, 3, 2, 5, Duration.ofMinutes(10));
    private static final String CLIENT = Organizations.STRANGER;

    @Test
    void shouldAnswer452AndGoOnWhenRecipientsAreTooMany() throws Exception {
        try (SmtpServerUnderTest server = start(LIMITS);
                SmtpDialogue smtp = server.connect(CLIENT)) {
            smtp.send("MAIL FROM:<erin@cpandl.com>").expect("250");
            for (int i = 0; i < 100; i++) {
                smtp.send("RCPT TO:<chris+" + i + "@contoso.com>").expect("250");
            }

            smtp.send("RCPT TO:<chris@contoso.com>").expect("452 4.5.3 Too many recipients");

            assertThat(smtp.send("DATA")
                            .expect("354")
                            .sendRaw(bytes("\r\n.\r\n"))
                            .read()
                            .code())
                    .isEqualTo(250);
            assertThat(server.spool().get(0).getRecipients()).hasSize(100);
        }
    }

    @Test
    void shouldCloseWhenCommandsMakeNoSense() throws Exception {
        try (SmtpServerUnderTest server = start(LIMITS);
                SmtpDialogue smtp = server.connect(CLIENT)) {
            smtp.send("HOWDY").expect("500");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("503");
            smtp.send("Host: mail").expect("500");

            smtp.send("nonsense").expect("421 4.7.0 Too many errors on this connection");

            smtp.expectClosed();
        }
    }

    /** A browser that is made to send a mail does so in one packet. */
    @Test
    void shouldCloseAtOnceWhenAClientSpeaksHttp() throws Exception {
        try (SmtpServerUnderTest server = start(LIMITS);
                SmtpDialogue smtp = server.connect(CLIENT)) {
            smtp.sendRaw(inOnePacket("POST / HTTP/1.1"));

            smtp.expect("421 4.7.0 This is SMTP, not HTTP").expectClosed();
            assertThat(server.spooled()).isZero();
        }
    }

    private static byte[] inOnePacket(String first) {
        return bytes(String.join(
                "\r\n",
                first,
                "MAIL FROM:<a@x.test>",
                "RCPT TO:<chris@contoso.com>",
                "DATA",
                "Subject: x",
                "",
                "x",
                ".",
                ""));
    }

    @Test
    void shouldCarryOutNothingBehindQuit() throws Exception {
        try (SmtpServerUnderTest server = start(LIMITS);
                SmtpDialogue smtp = server.connect(CLIENT)) {
            smtp.sendRaw(inOnePacket("QUIT"));

            smtp.expect("221").expectClosed();
            assertThat(server.spooled()).isZero();
        }
    }

    @Test
    void shouldCloseWhenCommandsAreBinary() throws Exception {
        try (SmtpServerUnderTest server = start(LIMITS);
                SmtpDialogue smtp = server.connect(CLIENT)) {
            smtp.send("MAIL FROM:<erin@cpandl.com>").expect("250");
            for (int i = 0; i < 5; i++) {
                smtp.sendRaw(new byte[] {'R', 'C', 'P', 'T', ' ', 'T', 'O', ':', '<', (byte) 0xe9, '>', '\r', '\n'})
                        .expect("501 5.5.2");
            }
            smtp.sendRaw(new byte[] {0x16, 3, 1, '\r', '\n'}).expect("501 5.5.2");
            smtp.sendRaw(new byte[] {0, (byte) 0xff, '\r', '\n'}).expect("501 5.5.2");

            smtp.sendRaw(new byte[] {1, '\r', '\n'}).expect("421 4.7.0 Too many errors on this connection");

            smtp.expectClosed();
        }
    }

    @Test
    void shouldNotTakeAStoreThatFailsForAWrongPassword() throws Exception {
        try (SmtpServerUnderTest server = start(LIMITS)) {
            server.addUser("chris@contoso.com", "right");
            server.failUsers(true);
            try (SmtpDialogue smtp = server.connect(CLIENT, TlsContexts.gullibleClient())) {
                for (int i = 0; i < 6; i++) {
                    smtp.send(logon("right")).expect("454 4.7.0 Temporary authentication failure: try again later");
                }

                server.failUsers(false);

                smtp.send(logon("right")).expect("235");
            }
        }
    }

    @Test
    void shouldCloseWhenASessionLastsTooLong() throws Exception {
        try (SmtpServerUnderTest server = start(new SessionLimits(100, 3, 2, 5, Duration.ofNanos(1)));
                SmtpDialogue smtp = server.connect(CLIENT)) {

            smtp.send("NOOP").expect("421 4.4.1 Connection timed out");

            smtp.expectClosed();
        }
    }

    @Test
    void shouldCloseAfterFailedLogonsAndThenLetNobodyOfTheAddressIn() throws Exception {
        try (SmtpServerUnderTest server = start(LIMITS)) {
            server.addUser("chris@contoso.com", "right");
            for (int session = 0; session < 2; session++) {
                try (SmtpDialogue smtp = server.connect(CLIENT, TlsContexts.gullibleClient())) {
                    smtp.send(logon("wrong")).expect("535");
                    smtp.send(logon("wrong")).expect("421 4.7.0 Too many failed logons on this connection");
                    smtp.expectClosed();
                }
            }

            try (SmtpDialogue smtp = server.connect(CLIENT, TlsContexts.gullibleClient())) {
                smtp.send(logon("wrong")).expect("535");
                smtp.send(logon("right")).expect("454 4.7.0 Temporary authentication failure");
            }
            try (SmtpDialogue smtp = server.connect("127.0.0.98", TlsContexts.gullibleClient())) {
                smtp.send(logon("right")).expect("235");
            }
        }
    }

    @Test
    void shouldRefuseMailBeforeTheLogonWhereThatIsRequired() throws Exception {
        try (SmtpServerUnderTest server =
                builder(LIMITS).withHandler(AuthenticationRequiredHook.class).start()) {
            server.addUser("chris@contoso.com", "right");
            try (SmtpDialogue smtp = server.connect(CLIENT)) {
                assertThat(smtp.transcript()).noneMatch(line -> line.contains("AUTH"));
                smtp.send("MAIL FROM:<chris@contoso.com>").expect("530 5.7.0 Must issue a STARTTLS command first");
            }
            try (SmtpDialogue smtp = server.connect(CLIENT, TlsContexts.gullibleClient())) {
                smtp.send("MAIL FROM:<chris@contoso.com>").expect("530 5.7.57 Client was not authenticated");
                smtp.send(logon("right")).expect("235");
                smtp.send("MAIL FROM:<chris@contoso.com>").expect("250");
                smtp.send("RCPT TO:<erin@cpandl.com>").expect("250");
                smtp.send("RSET").expect("250");
                smtp.send("MAIL FROM:<ceo@contoso.com>").expect("250");
                smtp.send("RCPT TO:<erin@cpandl.com>").expect("550 5.7.60");
            }
        }
    }

    private static SmtpServerUnderTest start(SessionLimits limits) throws Exception {
        return builder(limits).start();
    }

    private static SmtpServerUnderTest.Builder builder(SessionLimits limits) {
        Mailflow limited = Organizations.limited(Premises.ON_PREMISES, limits, MimeLimits.DEFAULT);
        return SmtpServerUnderTest.builder(limited, Certificates.SERVER)
                .with("auth.announce", "always")
                .with("auth.requireSSL", true);
    }

    private static String logon(String password) {
        return "AUTH PLAIN " + Base64.getEncoder().encodeToString(bytes("\0chris@contoso.com\0" + password));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
