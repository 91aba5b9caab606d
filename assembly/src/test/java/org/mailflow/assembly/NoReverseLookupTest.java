package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.tls.TlsContexts;

/** Nobody asks DNS for the name of a client's address, neither James' resolver nor Java's. */
class NoReverseLookupTest {

    private static final String CLIENT = "127.0.0.1";

    @Test
    void aWholeSessionAsksForNoName(@TempDir Path temporary) throws Exception {
        try (LoopbackDns dns = LoopbackDns.start()) {
            ServerDirectories directories = TestServer.prepare(temporary);
            Files.writeString(
                    directories.configuration().resolve("dnsservice.xml"),
                    "<dnsservice><servers><server>127.0.0.1:" + dns.address().getPort()
                            + "</server></servers></dnsservice>");
            try (MailflowServer server = TestServer.start(temporary)) {
                converse(server.smtpPorts().get(0));

                assertThat(dns.queries()).noneMatch(query -> query.type().equals("PTR"));
                List<InetSocketAddress> clients = server.get(RecordingHook.Notes.class).seen.stream()
                        .map(RecordingHook.Seen::client)
                        .toList();
                // An address knows its name for ever once anybody has asked it for that.
                assertThat(clients)
                        .hasSize(3)
                        .extracting(InetSocketAddress::getHostString)
                        .containsOnly(CLIENT);
                assertThat(clients.get(0).getHostName())
                        .isNotEqualTo(CLIENT)
                        .isEqualTo(clients.get(0).getHostString());
            }
        }
    }

    private static void converse(int port) throws IOException {
        try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", port).expect("220")) {
            smtp.send("EHLO client.example").expect("250");
            mail(smtp);
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("RCPT TO:<v@evil.test>").expect("550");
            smtp.send("DATA").expect("503");
            smtp.send("QUIT").expect("221");
        }
        try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", port).expect("220")) {
            smtp.send("EHLO client.example").expect("250");
            smtp.startTls(TlsContexts.gullibleClient())
                    .send("EHLO client.example")
                    .expect("250");
            mail(smtp);
        }
    }

    private static void mail(SmtpDialogue smtp) throws IOException {
        byte[] content = "Subject: x\r\n\r\nHello.\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(smtp.sendMail("a@x.test", List.of(TestServer.USER), content).code())
                .isEqualTo(250);
    }
}
