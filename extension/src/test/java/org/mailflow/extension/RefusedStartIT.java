package org.mailflow.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mailflow.testing.tls.CertificateAuthority;

/** Mistakes that keep a stock James from starting, so that no mail goes astray. */
class RefusedStartIT {

    @Test
    void listsEveryMistakeOfMailflowXml() throws Exception {
        StockInstallation installation = new StockInstallation("refused");
        edit(
                installation.conf("mailflow.xml"),
                "<connectorType>partner</connectorType>",
                "<connectorType>friend</connectorType>");
        installation.set("MAILFLOW_OWN_SERVERS", "192.0.2.10/33");
        edit(
                installation.conf("extensions.properties"),
                "guice.extension.startable=org.mailflow.extension.DomainListCheck",
                "");

        String log = refuse(installation);

        assertThat(log)
                .contains("does not start: extensions.properties: add "
                        + "guice.extension.startable=org.mailflow.extension.DomainListCheck")
                .containsPattern("does not start: mailflow\\.xml:\\d+:\\d+: error: .*connectorType: .*friend")
                .containsPattern(
                        "does not start: mailflow\\.xml:\\d+:\\d+: error: .*senderIPAddresses: .*192\\.0\\.2\\.10/33");
    }

    @Test
    void namesTheLinesOfJamesFilesThatLoseMailOrOpenARelay() throws Exception {
        StockInstallation installation = new StockInstallation("slips");
        edit(
                installation.conf("mailetcontainer.xml"),
                "<mailet match=\"All\" class=\"LocalDelivery\">",
                "<mailet matcher=\"All\" class=\"LocalDelivery\">");
        edit(
                installation.conf("smtpserver.xml"),
                "<handlerchain coreHandlersPackage=\"org.mailflow.smtp.MailflowHandlers\"/>",
                "<authorizedAddresses>10.0.0.0/8</authorizedAddresses>"
                        + "<handlerchain coreHandlersPackage=\"org.mailflow.smtp.MailflowHandlers\"/>");

        String log = refuse(installation);

        assertThat(log)
                .contains(
                        "does not start: mailetcontainer.xml:67:7: error: mailet LocalDelivery: has the attribute matcher")
                .containsPattern(
                        "does not start: smtpserver\\.xml:\\d+:\\d+: error: .*authorizedAddresses: grants nothing")
                .doesNotContain("Init SMTP Service done");
    }

    @Test
    void namesTheDomainsThatOnlyOneOfJamesAndMailflowHas() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("Root");
        StockInstallation installation =
                new StockInstallation("domains").identity(authority.issue("mail.contoso.com"), authority);
        installation.set("MAILFLOW_CERTS", installation.conf("certs"));
        installation.listen("MAILFLOW_SMTP_BIND");
        installation.listen("MAILFLOW_SUBMISSION_BIND");
        edit(installation.conf("domainlist.xml"), "contoso.com", "tailspintoys.com");

        String log = refuse(installation);

        assertThat(log)
                .contains("tailspintoys.com is in James' domain list but is no accepted domain")
                .containsPattern(
                        "mailflow\\.xml:\\d+:\\d+: contoso\\.com is authoritative but not in James' domain list")
                .doesNotContain("Init SMTP Service done");
    }

    private static String refuse(StockInstallation installation) throws Exception {
        try (StockJames james = installation.launch()) {
            assertThat(james.awaitExit()).isEqualTo(1);
            return james.log();
        }
    }

    private static void edit(Path file, String old, String replacement) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, replacement));
    }
}
