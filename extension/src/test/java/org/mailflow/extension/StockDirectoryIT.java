package org.mailflow.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mailflow.testing.ldap.Slapd;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;
import org.mailflow.testing.tls.CertificateAuthority;

/** A stock James whose recipients are in a directory server that is slow: its sockets are read by few threads. */
@RequiresPeer("slapd")
class StockDirectoryIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String STRANGER = "127.0.0.66";
    private static final String FILE = "<file>recipients.csv</file>";
    private static final String ENTRIES =
            """
            dn: cn=Gina,dc=contoso,dc=com
            objectClass: inetOrgPerson
            cn: Gina
            sn: Gina
            mail: gina@contoso.com
            """;

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Root");

    private static Slapd slapd;
    private static int smtp;
    private static StockJames james;

    @BeforeAll
    static void start() throws IOException {
        slapd = Slapd.start(AUTHORITY, ENTRIES);
        StockInstallation installation =
                new StockInstallation("directory").identity(AUTHORITY.issue("mail.contoso.com"), AUTHORITY);
        installation.set("MAILFLOW_CERTS", installation.conf("certs"));
        installation.set("MAILFLOW_SUBMISSION", false);
        smtp = installation.listen("MAILFLOW_SMTP_BIND");
        Path mailflow = installation.conf("mailflow.xml");
        String text = Files.readString(mailflow);
        assertThat(text).contains(FILE);
        Files.writeString(mailflow, text.replace(FILE, FILE + ldap()));
        james = installation.launch().awaitStart();
    }

    private static String ldap() {
        return "<ldap name=\"slow\"><url>" + slapd.url() + "</url><baseDn>" + Slapd.BASE_DN + "</baseDn></ldap>";
    }

    @AfterAll
    static void stop() throws IOException {
        james.close();
        slapd.close();
    }

    @Test
    void putsOffARecipientThatItIsNotToldAtOnceAndKnowsItWhenTheClientComesAgain() throws IOException {
        slapd.pause();
        SmtpReply meanwhile;
        try {
            meanwhile = recipient("gina@contoso.com");
        } finally {
            slapd.resume();
        }

        assertThat(meanwhile.text()).startsWith("451 4.3.0");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(recipient("gina@contoso.com").code()).isEqualTo(250));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(recipient("nobody@contoso.com").text()).startsWith("550 5.4.1"));
    }

    private static SmtpReply recipient(String address) throws IOException {
        try (SmtpDialogue client = SmtpDialogue.connect(StockInstallation.HOST, smtp, STRANGER)) {
            client.expect("220").send("EHLO client.test").expect("250");
            client.send("MAIL FROM:<erin@cpandl.com>").expect("250");
            return client.send("RCPT TO:<" + address + ">").read();
        }
    }
}
