package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.assembly.queue.HaltProcess;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** The disk gets full while mail comes in, on a small file system in memory. */
@Tag("faults")
@RequiresPeer({"postfix", "mount"})
class FullDiskTest {

    private static final String FULL = "452 4.3.1 Insufficient system storage";
    private static final int DISK = 256;
    private static final int RESERVE = 96;
    private static final int MAILS = 300;
    private static final int ENOUGH = 100;
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Optional<FullDisk> mounted = Optional.empty();
    private FullDisk disk;
    private FaultyWorld world;

    @BeforeEach
    void mount(@TempDir(cleanup = CleanupMode.NEVER) Path directory) throws Exception {
        mounted = FullDisk.mount(directory.resolve("disk"), DISK);
        boolean required = "required".equals(System.getProperty("peers"));
        assumeTrue(mounted.isPresent() || required, "this process may not mount a tmpfs");
        disk = mounted.orElseThrow(
                () -> new IllegalStateException("this process may not mount a tmpfs (peers=required)"));
        world = FaultyWorld.takingAll(directory, disk.root().resolve("data"));
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted.isPresent()) {
            world.close();
            disk.close();
        }
    }

    @Test
    void mailIsRefusedForATimeBeforeTheDiskIsFullAndFlowsAgainWithoutARestart() throws Exception {
        world.keepingFree(RESERVE + "MB");
        try (Submitters clients = new Submitters(MAILS);
                ChildServer server = world.launch().awaitStart()) {
            clients.serverAt(server.port());
            await().atMost(PATIENCE).until(() -> clients.acceptedMails() >= ENOUGH);
            disk.fillUpTo(RESERVE - 16);
            await().atMost(RECOVERY)
                    .untilAsserted(() -> assertThat(mail(server)).isEqualTo(FULL));
            // Queued mail goes on meanwhile.
            int accepted = clients.acceptedMails();
            await().atMost(PATIENCE).until(() -> isDelivered(accepted));
            String whileFull = mail(server);

            disk.makeRoom();
            Instant room = Instant.now();
            await().atMost(RECOVERY).pollInterval(Duration.ofMillis(100)).until(() -> mail(server)
                    .startsWith("250"));
            Duration recovery = Duration.between(room, Instant.now());

            assertThat(whileFull).isEqualTo(FULL);
            assertThat(recovery).isLessThan(RECOVERY);
            assertThat(server.isAlive()).isTrue();
            await().atMost(PATIENCE).until(clients::isDone);
            server.stop();
            assertNothingIsMissing(clients);
        }
    }

    @Test
    void nothingIsLostWhereAnotherProgramFillsTheDiskToTheLastByte() throws Exception {
        // Without a reserve mail comes in until the journal cannot be written.
        world.keepingFree("0MB");
        try (Submitters clients = new Submitters(MAILS);
                Supervisor supervisor = new Supervisor(world, clients)) {
            await().atMost(PATIENCE).until(() -> clients.acceptedMails() >= ENOUGH);

            disk.fillUpTo(0);
            await().atMost(PATIENCE).until(() -> !supervisor.server().isAlive());
            disk.makeRoom();
            await().atMost(PATIENCE).until(() -> supervisor.keepsRunning() && clients.isDone());
            supervisor.server().stop();

            assertThat(supervisor.exits()).isNotEmpty().allMatch(exit -> exit == HaltProcess.EXIT_STATUS);
            assertNothingIsMissing(clients);
        }
    }

    private boolean isDelivered(int mails) throws IOException {
        return world.postfix().count(NumberedMail.IN_THE_CLOUD) >= mails
                && world.postfix().count(NumberedMail.PARTNER) >= mails;
    }

    private void assertNothingIsMissing(Submitters clients) throws Exception {
        try (TestServer last = world.startHere()) {
            await().atMost(PATIENCE).until(last::queuedMails, queued -> queued == 0);
            assertThat(Arrivals.count(last, world.postfix()).missing(clients.accepted()))
                    .isEmpty();
        }
    }

    /** What the server says to MAIL; nothing where it does not answer. */
    private static String mail(ChildServer server) {
        try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", server.port(), Contoso.DESK)) {
            smtp.expect("220").send("EHLO client.test").expect("250");
            SmtpReply reply = smtp.send("MAIL FROM:<probe@client.test>").read();
            return reply.text();
        } catch (IOException | AssertionError e) {
            return "";
        }
    }
}
