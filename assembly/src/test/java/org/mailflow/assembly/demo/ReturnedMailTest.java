package org.mailflow.assembly.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.smtp.ReceivedMail;

/** What the shipped configurations do with mail that was accepted and cannot be delivered. */
class ReturnedMailTest {
    private static final String GHOST = "ghost@contoso.com";

    @Test
    void anOutsideSenderIsToldThatTheOtherPremisesRefusedHisMail(@TempDir Path directory) throws Exception {
        Path conf = Files.createDirectories(directory.resolve("conf"));
        copy(Path.of("..", "conf"), conf);
        Files.writeString(
                conf.resolve("cloud").resolve("recipients.csv"),
                GHOST + "," + GHOST + ",\n",
                StandardOpenOption.APPEND);

        try (DemoNetwork network = DemoNetwork.start();
                DemoInternet internet = DemoInternet.start(network);
                DemoPremises onPremises = start(Place.ON_PREMISES, "onpremises", network, conf, directory);
                DemoPremises cloud = start(Place.CLOUD, "cloud", network, conf, directory)) {
            network.pointMx(cloud.place());
            DemoMail mail = new DemoMail("<ghost@cpandl.com>", "erin@cpandl.com", List.of(GHOST), "hello", List.of());
            internet.send(mail);

            List<ReceivedMail> returned = internet.awaitReceived(1, Duration.ofSeconds(30));

            assertThat(cloud.eventsOf(mail.messageId())).isNotEmpty();
            assertThat(onPremises.copiesOf(mail.messageId())).isEmpty();
            assertThat(returned).singleElement().satisfies(dsn -> {
                assertThat(dsn.sender().address()).isEmpty();
                assertThat(dsn.recipientAddresses()).containsExactly("erin@cpandl.com");
                assertThat(dsn.content().text())
                        .contains("multipart/report", "Action: failed", GHOST, "550 5.4.1 Recipient address rejected")
                        .contains(mail.messageId())
                        .doesNotContain("X-MS-Exchange-Organization-");
            });
        }
    }

    private static DemoPremises start(Place place, String name, DemoNetwork network, Path conf, Path directory)
            throws Exception {
        Path data = Files.createDirectories(directory.resolve(name));
        return DemoPremises.start(place, network, conf.resolve(name), data, "chris@contoso.com");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copied.getParent());
                Files.copy(file, copied);
            }
        }
    }
}
