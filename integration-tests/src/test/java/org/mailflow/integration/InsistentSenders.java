package org.mailflow.integration;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** Mail servers that send mail after mail, and what is refused for now once more, until all of it is taken. */
final class InsistentSenders {

    private static final int SENDERS = 4;
    /** What a sender waits before it tries again. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final int REFUSED = 500;
    private static final int REFUSED_FOR_NOW = 400;

    private final TestServer server;
    private final IntFunction<TestMail> mails;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicBoolean more = new AtomicBoolean(true);
    private final AtomicInteger refusedForNow = new AtomicInteger();
    private final Queue<TestMail> taken = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
    private final List<Future<?>> senders = new ArrayList<>();

    InsistentSenders(TestServer server, IntFunction<TestMail> mails) {
        this.server = server;
        this.mails = mails;
    }

    void start() {
        for (int i = 0; i < SENDERS; i++) {
            senders.add(threads.submit(() -> {
                send();
                return null;
            }));
        }
    }

    /** Makes no new mail, and returns when the last one is taken. */
    void finish() throws Exception {
        more.set(false);
        for (Future<?> sender : senders) {
            sender.get(5, TimeUnit.MINUTES);
        }
        threads.shutdown();
    }

    private void send() throws IOException {
        while (more.get()) {
            TestMail mail = mails.apply(made.getAndIncrement());
            while (!isTaken(mail)) {
                refusedForNow.incrementAndGet();
                Uninterruptibles.sleepUninterruptibly(PAUSE);
            }
        }
    }

    private boolean isTaken(TestMail mail) throws IOException {
        try (SmtpDialogue smtp = server.connect("127.0.0.9")) {
            SmtpReply reply = answer(smtp, mail);
            if (reply.code() >= REFUSED) {
                refused.add(mail.recipients() + ": " + reply);
                return true;
            }
            if (reply.code() >= REFUSED_FOR_NOW) {
                return false;
            }
            taken.add(mail);
            return true;
        }
    }

    /** The first answer that is no yes, or that to the whole mail. */
    private static SmtpReply answer(SmtpDialogue smtp, TestMail mail) throws IOException {
        smtp.send("MAIL FROM:<" + mail.sender() + ">").expect("250");
        SmtpReply recipient =
                smtp.send("RCPT TO:<" + mail.recipients().get(0) + ">").read();
        return recipient.code() < REFUSED_FOR_NOW ? smtp.sendData(mail.content()) : recipient;
    }

    int refusedForNow() {
        return refusedForNow.get();
    }

    List<TestMail> taken() {
        return List.copyOf(taken);
    }

    List<String> refused() {
        return List.copyOf(refused);
    }
}
