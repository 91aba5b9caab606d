package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.strace.SystemCall;
import org.mailflow.testing.strace.SystemCalls;

/**
 * Nothing is said before it is true on disk. The server runs under strace; the calls that it made to the operating system
 * tell in which order it wrote, synced and answered.
 *
 * <p>The system property {@code faults.audited} sets how many mails are looked at.
 */
@Tag("faults")
@RequiresPeer({"postfix", "strace"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncAuditTest {

    private static final int MAILS = Integer.getInteger("faults.audited", 200);
    private static final int ADDRESSES = 250;
    private static final String OK = "\"250 2.6.0 ";
    private static final String EVENTS = "mail.log";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Path data;
    private SystemCalls calls;

    @BeforeAll
    void sendMailToAServerThatIsWatched(@TempDir Path directory) throws Exception {
        data = directory.resolve("data").toAbsolutePath();
        Path trace = directory.resolve("trace");
        try (FaultyWorld world = FaultyWorld.refusingHalfTheTime(directory, data);
                ChildServer server = world.launch(SystemCalls.tracer(trace)).awaitStart()) {
            sendAll(server.port());
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> world.events().count(SyncAuditTest::isInAMailbox) >= MAILS);
            server.stop();
        }
        calls = SystemCalls.read(trace);
    }

    @Test
    void every250FollowsASyncOfTheWholeMail() {
        assertThat(IntStream.range(0, MAILS).mapToObj(number -> new NumberedMail(number, 1)))
                .allSatisfy(mail -> {
                    SystemCall reply = reply(mail);
                    List<SystemCall> body = writesOf(mail.marker(), reply).toList();
                    List<SystemCall> envelope = writesOf(mail.sender(), reply).toList();

                    // The move to the next queue may follow at once, and waits for no sync.
                    assertThat(body)
                            .as("writes of the body before the reply on line %s", reply.begun())
                            .anyMatch(write -> calls.isSyncedBefore(write, reply.begun()));
                    assertThat(envelope)
                            .as("writes of the envelope before the reply on line %s", reply.begun())
                            .anyMatch(write -> calls.isSyncedBefore(write, reply.begun()));
                });
    }

    @Test
    void noMailCountsAsDeliveredBeforeItsMailboxIsSynced() {
        assertThat(IntStream.range(0, MAILS).mapToObj(number -> new NumberedMail(number, 1)))
                .allSatisfy(mail -> {
                    // Told by the thread that then takes the mail out of its queue.
                    SystemCall told = toldOfMailbox(mail);
                    List<SystemCall> stored = writesOf(mail.marker(), told)
                            .filter(write -> write.target().contains("/database/"))
                            .toList();

                    assertThat(stored).as("writes into the mailbox").isNotEmpty();
                    assertThat(stored).allMatch(write -> calls.isSyncedBefore(write, told.begun()));
                });
    }

    private void sendAll(int port) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(Submitters.CLIENTS);
        try {
            List<Future<?>> sent = IntStream.range(0, MAILS)
                    .<Future<?>>mapToObj(number -> clients.submit(() -> send(port, number)))
                    .toList();
            for (Future<?> one : sent) {
                one.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** From an address of its own, so that its connection is known again. */
    private static Void send(int port, int number) throws IOException {
        NumberedMail mail = new NumberedMail(number, 1);
        try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", port, address(number))) {
            smtp.expect("220").send("EHLO client.test").expect("250");
            assertThat(smtp.sendMail(mail.sender(), mail.recipients(), mail.content())
                            .code())
                    .isEqualTo(250);
        }
        return null;
    }

    private static String address(int number) {
        return "127.1." + number / ADDRESSES + "." + (number % ADDRESSES + 1);
    }

    private static boolean isInAMailbox(MailEvent event) {
        return event.type() == MailEvent.Type.DELIVERED && event.peer().isEmpty();
    }

    private SystemCall reply(NumberedMail mail) {
        Pattern end = Pattern.compile("->(\\[::ffff:)?" + Pattern.quote(address(mail.number())) + "]?:");
        return first(calls.stream()
                .filter(call -> call.carries(OK) && end.matcher(call.target()).find()));
    }

    private SystemCall toldOfMailbox(NumberedMail mail) {
        return first(calls.stream()
                .filter(call -> call.target().endsWith(EVENTS))
                .filter(call -> call.carries("<" + mail.number() + "-" + mail.attempt() + "@faults.test>")
                        && call.carries("it is in the mailbox")));
    }

    private static SystemCall first(Stream<SystemCall> found) {
        Optional<SystemCall> first = found.findFirst();
        assertThat(first).isPresent();
        return first.orElseThrow();
    }

    /** The writes of a text into files of the server that were over before a call began. */
    private Stream<SystemCall> writesOf(String text, SystemCall before) {
        return calls.stream()
                .filter(call -> call.target().startsWith(data.toString())
                        && !call.target().endsWith(EVENTS))
                .filter(call -> call.carries(text) && call.begun() < before.begun());
    }
}
