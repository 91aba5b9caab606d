package org.mailflow.integration;

import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/**
 * Clients that send mails with ascending numbers as real ones do: several at a time, many mails a connection, and a mail
 * again and again until it was answered with 250.
 */
final class Submitters implements AutoCloseable {

    static final int CLIENTS = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MAILS_PER_CONNECTION = 50;
    /** What a client waits before it tries again, so that it does not keep a server busy that has no room. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final int OK = 250;
    private static final int NO_SERVER = 0;
    private static final Pattern PERMANENT = Pattern.compile("^S: 5[0-9][0-9] ", Pattern.MULTILINE);

    private final int mails;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger port = new AtomicInteger(NO_SERVER);
    private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;

    /** Sends so many mails, from when there is a server. */
    Submitters(int mails) {
        this.mails = mails;
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(this::run, "client-" + i);
            client.setDaemon(true);
            client.start();
            clients.add(client);
        }
    }

    /** From now on the server is at this port. */
    void serverAt(int newPort) {
        port.set(newPort);
    }

    /** From now on there is no server. */
    void noServer() {
        port.set(NO_SERVER);
    }

    /** The numbers of the mails that were answered with 250. */
    Set<Integer> accepted() {
        return Set.copyOf(accepted);
    }

    int acceptedMails() {
        return accepted.size();
    }

    /** Every different answer to the end of DATA but 250, and the session in which a mail was refused for good. */
    Set<String> refusals() {
        return Set.copyOf(refusals);
    }

    boolean isDone() {
        return clients.stream().noneMatch(Thread::isAlive);
    }

    private void run() {
        int number = next.getAndIncrement();
        int attempt = 1;
        while (number < mails && !stopped) {
            int server = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(port::get, found -> found != NO_SERVER || stopped);
            try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", server, Contoso.DESK)) {
                smtp.expect("220").send("EHLO client.test").expect("250");
                for (int i = 0; i < MAILS_PER_CONNECTION && number < mails && !stopped; i++) {
                    if (send(smtp, new NumberedMail(number, attempt))) {
                        number = next.getAndIncrement();
                        attempt = 1;
                    } else {
                        attempt++;
                        Uninterruptibles.sleepUninterruptibly(PAUSE);
                    }
                }
            } catch (IOException | AssertionError e) {
                // The server died, or takes no mail now; an AssertionError is how a dialogue says that it ended early.
                attempt++;
                endWhereRefused(e);
                Uninterruptibles.sleepUninterruptibly(PAUSE);
            }
        }
    }

    /** To send a mail again that was refused for good would go on for ever. */
    private void endWhereRefused(Throwable failure) {
        if (PERMANENT.matcher(String.valueOf(failure.getMessage())).find()) {
            refusals.add(String.valueOf(failure.getMessage()));
            stopped = true;
        }
    }

    private boolean send(SmtpDialogue smtp, NumberedMail mail) throws IOException {
        SmtpReply reply = smtp.sendMail(mail.sender(), mail.recipients(), mail.content());
        if (reply.code() != OK) {
            refusals.add(reply.text());
            return false;
        }
        accepted.add(mail.number());
        return true;
    }

    /** Ends the clients after the mail that each is at. */
    @Override
    public void close() {
        stopped = true;
        clients.forEach(client -> Uninterruptibles.joinUninterruptibly(client, PATIENCE));
    }
}
