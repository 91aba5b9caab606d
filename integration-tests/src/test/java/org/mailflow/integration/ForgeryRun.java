package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mailflow.testing.python.RawClient;
import org.mailflow.testing.python.RawOutcome;
import org.mailflow.testing.python.RawSession;
import org.mailflow.testing.readers.ReadField;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.SmtpSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends forged mails to a server, waits until all are delivered, and reads every copy. */
final class ForgeryRun implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ForgeryRun.class);
    private static final int MAILS_OF_A_SESSION = 40;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A mail, and what was answered to it. */
    record Sent(ForgedMail mail, List<String> replies) {

        /** The reply that decides about it. */
        String reply() {
            return replies.stream()
                    .skip(mail.shape().place() == ForgedShape.Place.EHLO ? 2 : 0)
                    .limit(replies.size() - 1L)
                    .filter(reply -> reply.startsWith("4") || reply.startsWith("5"))
                    .findFirst()
                    .orElse(replies.size() < 2 ? "" : replies.get(replies.size() - 2));
        }

        boolean isAccepted() {
            return reply().startsWith("250");
        }

        boolean isRefused() {
            return reply().startsWith("5");
        }
    }

    private final FirewallServer firewall;
    private final List<Sent> sent = new ArrayList<>();
    private final List<ForgedCopy> copies = new ArrayList<>();

    ForgeryRun(ForgedMails mails, Path directory) throws Exception {
        firewall = new FirewallServer(directory);
        try {
            long start = System.nanoTime();
            send(mails, Files.createDirectories(directory.resolve("client")));
            long accepted = System.nanoTime();
            await().atMost(PATIENCE).pollInterval(POLL).until(this::isEverythingDelivered);
            long delivered = System.nanoTime();
            read();
            LOGGER.info(
                    "{} mails sent in {} s, delivered after {} s; {} copies read in {} s",
                    sent.size(),
                    seconds(start, accepted),
                    seconds(accepted, delivered),
                    copies.size(),
                    seconds(delivered, System.nanoTime()));
        } catch (Exception e) {
            firewall.close();
            throw e;
        }
    }

    private static long seconds(long from, long to) {
        return Duration.ofNanos(to - from).toSeconds();
    }

    private void send(ForgedMails mails, Path directory) throws IOException {
        try (RawClient client = RawClient.start()) {
            for (ForgerySource source : ForgerySource.values()) {
                send(client, source, mails.from(source), directory);
            }
        }
    }

    private void send(RawClient client, ForgerySource source, List<ForgedMail> mails, Path directory)
            throws IOException {
        List<List<ForgedMail>> parts = new ArrayList<>();
        List<RawSession> sessions = new ArrayList<>();
        for (int from = 0; from < mails.size(); from += MAILS_OF_A_SESSION) {
            List<ForgedMail> part = mails.subList(from, Math.min(mails.size(), from + MAILS_OF_A_SESSION));
            RawSession session = source.open(firewall.server().port(), firewall.authority(), directory);
            part.forEach(mail -> mail.sendIn(session));
            parts.add(part);
            sessions.add(session);
        }
        List<RawOutcome> outcomes = client.runAll(sessions);
        for (int i = 0; i < parts.size(); i++) {
            List<String> replies = outcomes.get(i).replies();
            int at = source.repliesBefore();
            for (ForgedMail mail : parts.get(i)) {
                int end = at + mail.replies(replies, at);
                assertThat(replies).as("%s: %s", mail, outcomes.get(i).end()).hasSizeGreaterThanOrEqualTo(end);
                sent.add(new Sent(mail, replies.subList(at, end)));
                at = end;
            }
        }
    }

    private boolean isEverythingDelivered() throws Exception {
        long accepted = sent.stream().filter(Sent::isAccepted).count();
        return firewall.internet().received().size() >= accepted
                && firewall.cloud().received().size() >= accepted
                && firewall.server().queuedMails() == 0;
    }

    private void read() throws Exception {
        List<MailContent> contents = new ArrayList<>();
        List<ForgedCopy.Place> places = new ArrayList<>();
        for (ForgerySource source : ForgerySource.values()) {
            firewall.server().inbox(source.mailbox()).mails().forEach(mail -> {
                contents.add(mail);
                places.add(ForgedCopy.Place.HERE);
            });
        }
        Map<ForgedCopy.Place, SmtpSink> sinks = Map.of(
                ForgedCopy.Place.OTHER_PREMISES, firewall.cloud(), ForgedCopy.Place.INTERNET, firewall.internet());
        sinks.forEach((place, sink) -> sink.received().forEach(mail -> {
            contents.add(mail.content());
            places.add(place);
        }));
        List<Map<String, List<ReadField>>> readings =
                HeaderReadings.of(contents.stream().map(MailContent::bytes).toList());
        for (int i = 0; i < contents.size(); i++) {
            int number = ForgedMail.numberIn(contents.get(i).text()).orElseThrow();
            copies.add(new ForgedCopy(sent.get(number).mail(), places.get(i), contents.get(i), readings.get(i)));
        }
    }

    /** In the order of their numbers. */
    List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** Every copy there is. */
    List<ForgedCopy> copies() {
        return List.copyOf(copies);
    }

    @Override
    public void close() throws IOException {
        firewall.close();
    }
}
