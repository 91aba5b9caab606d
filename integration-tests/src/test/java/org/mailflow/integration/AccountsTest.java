package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.TlsContexts;

/** An operator makes a user, who can log on then, on the shipped configuration. */
class AccountsTest {

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");

    @Test
    void letsAUserLogOnWhoWasMadeByWebAdmin(@TempDir Path directory) throws Exception {
        try (LoopbackDns dns = LoopbackDns.start();
                TestServer server = TestServer.start(
                        Side.ON_PREMISES.configuration(),
                        directory.resolve("data"),
                        Environment.of(Side.ON_PREMISES, directory.resolve("certs"), authority, dns))) {
            assertThat(logOn(server)).isEqualTo(535);

            HttpResponse<String> made =
                    server.webAdmin().put("/users/chris@contoso.com", "{\"password\":\"correct horse\"}");
            HttpResponse<String> stranger =
                    server.webAdmin().put("/users/erin@cpandl.com", "{\"password\":\"correct horse\"}");

            assertThat(made.statusCode()).as(made.body()).isEqualTo(204);
            assertThat(stranger.statusCode()).as(stranger.body()).isEqualTo(400);
            assertThat(server.webAdmin().get("/users").body()).contains("chris@contoso.com");
            assertThat(logOn(server)).isEqualTo(235);
        }
    }

    private int logOn(TestServer server) throws Exception {
        String plain = Base64.getEncoder()
                .encodeToString("\0chris@contoso.com\0correct horse".getBytes(StandardCharsets.UTF_8));
        try (SmtpDialogue smtp = server.connect(server.submissionPort(), "127.0.0.1")) {
            smtp.startTls(TlsContexts.client(authority))
                    .send("EHLO client.test")
                    .expect("250");
            return smtp.send("AUTH PLAIN " + plain).read().code();
        }
    }
}
