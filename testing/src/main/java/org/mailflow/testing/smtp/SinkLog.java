package org.mailflow.testing.smtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What a sink saw, from all of its connections. */
final class SinkLog {
    private final List<ReceivedMail> transactions = new ArrayList<>();
    private final List<SmtpCommand> commands = new ArrayList<>();
    private final List<String> tlsFailures = new ArrayList<>();
    private int connections;
    private int mails;

    synchronized int nextConnection() {
        notifyAll();
        return ++connections;
    }

    synchronized int connections() {
        return connections;
    }

    synchronized int nextMail() {
        return ++mails;
    }

    synchronized int mails() {
        return mails;
    }

    synchronized void command(SmtpCommand command) {
        commands.add(command);
    }

    synchronized List<SmtpCommand> commands() {
        return List.copyOf(commands);
    }

    synchronized void tlsFailure(String text) {
        tlsFailures.add(text);
        notifyAll();
    }

    synchronized List<String> tlsFailures() {
        return List.copyOf(tlsFailures);
    }

    synchronized void transaction(ReceivedMail mail) {
        transactions.add(mail);
        notifyAll();
    }

    synchronized List<ReceivedMail> transactions() {
        return List.copyOf(transactions);
    }

    List<ReceivedMail> received() {
        return transactions().stream().filter(ReceivedMail::accepted).toList();
    }

    synchronized List<ReceivedMail> awaitReceived(int count, Duration limit) throws InterruptedException {
        await(() -> received().size(), count, limit);
        return received();
    }

    synchronized void forget() {
        transactions.clear();
        commands.clear();
        tlsFailures.clear();
    }

    private synchronized void await(IntSupplier actual, int expected, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); actual.getAsInt() < expected && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
    }
}
