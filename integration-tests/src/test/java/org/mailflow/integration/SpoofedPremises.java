package org.mailflow.integration;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.TlsContexts;

/**
 * Both sides of a hybrid deployment on their shipped configurations, and the internet. Each side marks the mail that
 * {@code MailIsInternal} matches with a field {@link #INTERNAL} of its own. The cloud has two more connectors, of what other organizations use
 * too: a service's certificate and a range of addresses.
 */
final class SpoofedPremises implements AutoCloseable {

    /** The field of mail that the matcher takes for internal. */
    static final String INTERNAL = "X-Mail-Is-Internal";

    /** The name in the certificate of a service that has many customers. */
    static final String SERVICE = "mail.service.test";

    /** An address in the range that has many users. */
    static final String RANGE = "127.0.0.60";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String SHARED =
            """
                <inboundConnector name="Shared service">
                  <connectorType>onPremises</connectorType>
                  <senderDomains>contoso.com</senderDomains>
                  <tlsSenderCertificateName>mail.service.test</tlsSenderCertificateName>
                  <cloudServicesMailEnabled>true</cloudServicesMailEnabled>
                </inboundConnector>
                <inboundConnector name="Shared range">
                  <connectorType>onPremises</connectorType>
                  <senderIPAddresses>127.0.0.60</senderIPAddresses>
                </inboundConnector>
            """;

    private static final String MARKING =
            """
            <processor state="root">
                  <mailet match="org.mailflow.matchers.MailIsInternal" class="SetMimeHeader">
                    <name>X-Mail-Is-Internal</name>
                    <value>%s</value>
                    <onMatchException>propagate</onMatchException>
                    <onMailetException>propagate</onMailetException>
                  </mailet>
            """;

    private final TwoPremises premises;

    SpoofedPremises(Path directory) throws Exception {
        premises = new TwoPremises(directory, SpoofedPremises::change);
    }

    private static void change(Side side, Path configuration) throws IOException {
        replace(configuration.resolve("mailetcontainer.xml"), "<processor state=\"root\">\n", MARKING.formatted(side));
        if (side == Side.CLOUD) {
            replace(
                    configuration.resolve("mailflow.xml"),
                    "    <outboundConnector name=\"To on-premises\">",
                    SHARED + "    <outboundConnector name=\"To on-premises\">");
        }
    }

    private static void replace(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(from)) {
            throw new IOException(file + " has no " + from);
        }
        Files.writeString(file, text.replace(from, to));
    }

    /** The server of a side. */
    TestServer at(Side side) {
        return premises.server(side);
    }

    /** Everybody else. */
    SmtpSink internet() {
        return premises.internet();
    }

    /** A session with a side, from an address, of somebody who presents this. */
    SmtpDialogue connect(Side side, String from, String presents) throws IOException {
        SmtpDialogue smtp = at(side).connect(from);
        PresentedCertificate presented = new PresentedCertificate(presents);
        if (!presented.isTls()) {
            return smtp;
        }
        smtp.startTls(presented
                .credentials(premises.authority())
                .map(TlsContexts::gullibleClient)
                .orElseGet(TlsContexts::gullibleClient));
        return smtp.send("EHLO client.test").expect("250");
    }

    /** The one copy in the mailbox of a side. */
    MailContent onlyCopy(Side side, TestMail mail) {
        return only(() -> at(side).inbox(TwoPremises.user(side)).copiesOf(mail));
    }

    /** How a mail came to a side, or how it was refused there, once. */
    MailEvent onlyEvent(Side side, TestMail mail, MailEvent.Type type) {
        return only(() -> at(side).eventsOf(mail).stream()
                .filter(event -> event.type() == type)
                .toList());
    }

    private static <T> T only(Callable<List<T>> found) {
        return await().atMost(PATIENCE).until(found, list -> list.size() == 1).get(0);
    }

    @Override
    public void close() throws IOException {
        premises.close();
    }
}
