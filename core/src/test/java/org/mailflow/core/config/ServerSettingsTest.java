package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.model.FaultSchedule;
import org.mailflow.core.model.Liveness;
import org.mailflow.core.model.MimeLimits;
import org.mailflow.core.model.ServerSettings;
import org.mailflow.core.secret.SigningKey;

/** What the element server says about faults, liveness and the build of mail. */
class ServerSettingsTest {

    private final Path directory;

    ServerSettingsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void whatIsNotWrittenHasTheDefaultsOfTheCatalogue() throws IOException {
        ServerSettings server = server("");

        assertThat(server.faultSchedule()).isEqualTo(FaultSchedule.DEFAULT);
        assertThat(server.mimeLimits()).isEqualTo(MimeLimits.DEFAULT);
        assertThat(server.liveness()).isEqualTo(Liveness.DEFAULT);
    }

    @Test
    void readsWhatIsWritten() throws IOException {
        ServerSettings server = server(
                """
                <spoolRetryIntervals>1s*2, 1m</spoolRetryIntervals>
                <poisonRepository>jpa://var/mail/set-aside</poisonRepository>
                <maxMessageSize>150MB</maxMessageSize>
                <maxHeaderSize>100KB</maxHeaderSize>
                <maxHeaderFields>500</maxHeaderFields>
                <maxLineLength>998</maxLineLength>
                <maxBoundaryLength>70</maxBoundaryLength>
                <maxMimeDepth>3000</maxMimeDepth>
                <maxMimeParts>20000</maxMimeParts>
                <livenessProbeInterval>0s</livenessProbeInterval>
                <livenessLimit>10m</livenessLimit>
                <livenessExit>false</livenessExit>
                """);

        assertThat(server.faultSchedule())
                .isEqualTo(new FaultSchedule(
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(1)),
                        Optional.of("jpa://var/mail/set-aside")));
        assertThat(server.mimeLimits())
                .isEqualTo(new MimeLimits(150L * 1_024 * 1_024, 102_400, 500, 998, 70, 3_000, 20_000));
        assertThat(server.liveness()).isEqualTo(new Liveness(Duration.ZERO, Duration.ofMinutes(10), false));
        assertThat(server.liveness().isOn()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "spoolRetryIntervals, soon, is not a length of time",
        "poisonRepository, var/mail/poison, is not the URL of a mail repository",
        "maxMessageSize, 0MB, is out of range",
        "maxMessageSize, 35M, is not a size",
        "maxHeaderSize, 1GB, is out of range",
        "maxHeaderFields, 0, is not a whole number from 1",
        "maxLineLength, 8193, is not a whole number from 998",
        "maxBoundaryLength, 69, is not a whole number from 70",
        "maxMimeDepth, 0, is not a whole number from 1",
        "maxMimeParts, many, is not a whole number from 1",
        "livenessLimit, 0s, is out of range",
        "livenessExit, yes, is neither true nor false"
    })
    void namesTheLineOfAMistake(String element, String value, String problem) throws IOException {
        Configuration configuration = read("<" + element + ">" + value + "</" + element + ">");

        assertThat(configuration.mailflow()).isEmpty();
        assertThat(configuration.problems()).singleElement().satisfies(found -> {
            assertThat(found.toString()).contains(problem);
            assertThat(found.location().line()).isEqualTo(4);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'a secret of thirty-two characters', rw-------, ''",
        "'a secret of thirty-two characters', rw-r--r--, is readable by every user of this machine",
        "'  short  ',                         rw-------, 'holds 5 characters, fewer than 32'",
        "'',                                  rw-------, 'holds 0 characters, fewer than 32'"
    })
    void readsItsSecretOfAFile(String secret, String permissions, String problem) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), secret + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        Configuration configuration = read("<secretFile>secret</secretFile>");

        if (problem.isEmpty()) {
            assertThat(configuration.problems()).isEmpty();
            assertThat(configuration.mailflow().orElseThrow().signingKey().sign("text", 32))
                    .isEqualTo(SigningKey.of(secret).sign("text", 32));
        } else {
            assertThat(configuration.problems()).singleElement().satisfies(found -> {
                assertThat(found.toString()).contains(problem);
                assertThat(found.location().line()).isEqualTo(4);
            });
        }
    }

    @Test
    void aSecretFileThatIsMissingIsAnError() throws IOException {
        assertThat(read("<secretFile>secret</secretFile>").errors())
                .singleElement()
                .satisfies(error -> assertThat(error.toString()).contains("there is no file secret"));
    }

    private ServerSettings server(String settings) throws IOException {
        Configuration configuration = read(settings);
        assertThat(configuration.problems()).isEmpty();
        return configuration.mailflow().orElseThrow().server();
    }

    private Configuration read(String settings) throws IOException {
        Path file = Files.writeString(
                directory.resolve("mailflow.xml"),
                """
                <mailflow>
                  <server>
                    <fqdn>mail.contoso.com</fqdn>
                %s
                  </server>
                  <organization name="contoso" premises="onPremises">
                    <acceptedDomain name="contoso.com"/>
                    <recipients><jamesUsers/></recipients>
                  </organization>
                </mailflow>
                """
                        .formatted(settings.strip()));
        return new MailflowXml(file, Map.of(), Clock.systemUTC()).read(1);
    }
}
