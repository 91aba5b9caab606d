package org.mailflow.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.DirectoryAnswer.NotFound;
import org.mailflow.core.directory.DirectoryAnswer.Unavailable;

class PromptDirectoryTest {

    private static final EmailAddress CHRIS = EmailAddress.parse("chris@contoso.com");

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void keepsNobodyWaitingAndKnowsTheAnswerNextTime() {
        CompletableFuture<DirectoryAnswer> slow = new CompletableFuture<>();
        PromptDirectory directory = directory(slow, Duration.ofMillis(1));

        DirectoryAnswer meanwhile = directory.find(CHRIS);
        DirectoryAnswer again = directory.find(CHRIS);
        slow.complete(new NotFound());

        assertThat(meanwhile).isInstanceOfSatisfying(Unavailable.class, answer -> assertThat(answer.reason())
                .contains("the look-up goes on"));
        assertThat(again).isInstanceOf(Unavailable.class);
        await().untilAsserted(() -> assertThat(directory.find(CHRIS)).isInstanceOf(NotFound.class));
        assertThat(asked).as("one question at a time").hasValue(1);
    }

    @Test
    void asksAgainAfterADirectoryCouldNotBeAsked() {
        CompletableFuture<DirectoryAnswer> answer = CompletableFuture.completedFuture(new Unavailable("down"));
        PromptDirectory directory = directory(answer, Duration.ofMinutes(1));

        DirectoryAnswer first = directory.find(CHRIS);
        answer.obtrudeValue(new NotFound());

        assertThat(first).isEqualTo(new Unavailable("down"));
        await().untilAsserted(() -> assertThat(directory.find(CHRIS)).isInstanceOf(NotFound.class));
    }

    @Test
    void saysAtOnceThatItDoesNotKnowWhereTooManyLookUpsWait() {
        ExecutorService busy = QueryThreads.of("busy", 1, 1);
        CompletableFuture<DirectoryAnswer> slow = new CompletableFuture<>();
        PromptDirectory directory = new PromptDirectory(address -> slow.join(), Duration.ofMillis(1), busy);
        directory.find(CHRIS);
        directory.find(EmailAddress.parse("first@contoso.com"));

        DirectoryAnswer beyond = directory.find(EmailAddress.parse("second@contoso.com"));
        slow.complete(new NotFound());

        assertThat(beyond).isEqualTo(new Unavailable("too many look-ups wait already"));
        await().untilAsserted(() -> assertThat(directory.find(EmailAddress.parse("second@contoso.com")))
                .isInstanceOf(NotFound.class));
        busy.shutdownNow();
    }

    private PromptDirectory directory(CompletableFuture<DirectoryAnswer> answer, Duration patience) {
        return new PromptDirectory(
                address -> {
                    asked.incrementAndGet();
                    return answer.join();
                },
                patience,
                threads);
    }
}
