package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.Problem;

/** Slips in James' files keep our server from starting, before it touches its data. */
class StartUpChecksTest {

    private static final String CONNECTOR =
            """
                <outboundConnector name="To Fabrikam">
                  <connectorType>partner</connectorType>
                  <recipientDomains>fabrikam.example</recipientDomains>
                </outboundConnector>
              </organization>
            """;
    private static final String MATCHER =
            """
            <processors>
                <processor state="root">
                  <mailet match="org.mailflow.matchers.TlsIsRequired=contoso/To Fabrikam" class="SetMimeHeader">
                    <name>X-Partner</name>
                    <value>yes</value>
                    <onMatchException>propagate</onMatchException>
                  </mailet>
            """;

    private final Path directory;

    StartUpChecksTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mailetcontainer.xml | match=\"RecipientIs=held | matcher=\"RecipientIs=held | 8 | James does not read",
                "mailetcontainer.xml | <processor>transport | <processor>transprt | 11 | Did you mean transport?",
                "mailetcontainer.xml | <mailet match=\"All\" class=\"LocalDelivery\"> "
                        + "| <mailet match=\"RecipientIsLocal\" class=\"LocalDelivery\"> | 15 | James deletes all other mail",
                "smtpserver.xml | MailflowHandlers | MailflowHandler | 17 | has not the handlers of Mailflow",
                "smtpserver.xml | <auth> | <authorizedAddresses>192.0.2.0/24</authorizedAddresses><auth> | 12 | grants nothing",
            })
    void refuseToStartAndNameTheLine(String file, String text, String slip, int line, String why) throws Exception {
        ServerDirectories directories = TestServer.prepare(directory);
        replace(directories.configuration().resolve(file), text, slip);

        assertThatThrownBy(() -> MailflowServer.start(directories, Map.of()))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(file + ":" + line + ":")
                .hasMessageContaining(why);
        assertThat(directories.data()).doesNotExist();
    }

    @Test
    void tellOfSlipsInAllFilesAtOnce() throws Exception {
        ServerDirectories directories = TestServer.prepare(directory);
        replace(directories.configuration().resolve("mailflow.xml"), "type=\"authoritative\"", "type=\"mine\"");
        replace(
                directories.configuration().resolve("mailetcontainer.xml"),
                "match=\"RecipientIs",
                "matcher=\"RecipientIs");
        replace(directories.configuration().resolve("smtpserver.xml"), "<maxmessagesize>10M", "<maxmessagesize>big");

        assertThatThrownBy(() -> MailflowServer.start(directories, Map.of()))
                .isInstanceOfSatisfying(InvalidConfigurationException.class, refused -> assertThat(refused.problems())
                        .filteredOn(Problem::isError)
                        .extracting(problem -> problem.location().file())
                        .containsExactly("mailetcontainer.xml", "mailflow.xml", "smtpserver.xml"));
    }

    @Test
    void keepAConnectorThatARunningServersMailetsName() throws Exception {
        ServerDirectories directories = TestServer.prepare(directory);
        Path mailflowXml = directories.configuration().resolve("mailflow.xml");
        replace(mailflowXml, "</organization>", CONNECTOR);
        replace(
                directories.configuration().resolve("mailetcontainer.xml"),
                "<processors>\n    <processor state=\"root\" enableJmx=\"true\">\n",
                MATCHER);
        try (MailflowServer server = TestServer.start(directory)) {
            LiveMailflow live = server.get(LiveMailflow.class);
            long before = live.current().generation();
            replace(mailflowXml, "To Fabrikam", "To nobody");

            assertThatThrownBy(live::reload)
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("mailetcontainer.xml:7:")
                    .hasMessageContaining("no outbound connector has this name");
            assertThat(live.current().generation()).isEqualTo(before);

            replace(mailflowXml, "To nobody", "To Fabrikam");
            assertThat(live.reload().generation()).isGreaterThan(before);
        }
    }

    private static void replace(Path file, String text, String replacement) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, replacement));
    }
}
