package org.mailflow.directory;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.directory.SourceAnswer;

/**
 * A directory that answers at once: with what it knows, or with what it is told within a moment. Else it is unavailable,
 * and the look-up goes on. An answer is asked for anew behind the back of whoever asks for it after a minute; one with a
 * recipient counts for an hour, since a mail server comes again after minutes, and one without for ten minutes, since it
 * is the one that refuses mail for good.
 */
final class PromptDirectory implements RecipientDirectory {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration FOUND_COUNTS = Duration.ofHours(1);
    private static final Duration NOT_FOUND_COUNTS = Duration.ofMinutes(10);
    private static final long REMEMBERED_ADDRESSES = 100_000;

    private final RecipientDirectory directory;
    private final Duration patience;
    private final AsyncLoadingCache<EmailAddress, List<SourceAnswer>> answers;

    /**
     * A directory that keeps nobody waiting.
     *
     * @param patience how long whoever asks waits
     * @param threads which ask the directory; what they reject is unavailable at once
     */
    PromptDirectory(RecipientDirectory directory, Duration patience, Executor threads) {
        this.directory = directory;
        this.patience = patience;
        this.answers = Caffeine.newBuilder()
                .maximumSize(REMEMBERED_ADDRESSES)
                .expireAfter(new Validity())
                .refreshAfterWrite(FRESH)
                .buildAsync(new Questions(directory, threads));
    }

    @Override
    public DirectoryAnswer find(EmailAddress address) {
        return last(ask(address));
    }

    @Override
    public List<SourceAnswer> ask(EmailAddress address) {
        try {
            return answers.get(address).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return unavailable("no answer in " + patience.toMillis() + " ms; the look-up goes on");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("interrupted");
        } catch (RejectedExecutionException e) {
            return unavailable("too many look-ups wait already");
        } catch (ExecutionException e) {
            return unavailable("the look-up failed: " + e);
        }
    }

    @Override
    public List<RecipientDirectory> parts() {
        return directory.parts();
    }

    private static List<SourceAnswer> unavailable(String reason) {
        return List.of(SourceAnswer.fresh("recipients", new DirectoryAnswer.Unavailable(reason)));
    }

    private static DirectoryAnswer last(List<SourceAnswer> answers) {
        return answers.get(answers.size() - 1).answer();
    }

    /**
     * Asks the directory. Where it cannot be asked anew, the answer that is known stays.
     *
     * @param directory is asked
     * @param threads which ask it
     */
    private record Questions(RecipientDirectory directory, Executor threads)
            implements AsyncCacheLoader<EmailAddress, List<SourceAnswer>> {
        @Override
        public CompletableFuture<List<SourceAnswer>> asyncLoad(EmailAddress address, Executor ofTheCache) {
            return CompletableFuture.supplyAsync(() -> directory.ask(address), threads);
        }

        @Override
        public CompletableFuture<List<SourceAnswer>> asyncReload(
                EmailAddress address, List<SourceAnswer> known, Executor ofTheCache) {
            return asyncLoad(address, ofTheCache)
                    .thenApply(answer -> last(answer) instanceof DirectoryAnswer.Unavailable ? known : answer);
        }
    }

    /** For how long which answer counts. */
    private static final class Validity implements Expiry<EmailAddress, List<SourceAnswer>> {
        @Override
        public long expireAfterCreate(EmailAddress address, List<SourceAnswer> answer, long now) {
            DirectoryAnswer last = last(answer);
            if (last instanceof DirectoryAnswer.Unavailable) {
                return 0;
            }
            return (last instanceof DirectoryAnswer.Found ? FOUND_COUNTS : NOT_FOUND_COUNTS).toNanos();
        }

        @Override
        public long expireAfterUpdate(EmailAddress address, List<SourceAnswer> answer, long now, long left) {
            return expireAfterCreate(address, answer, now);
        }

        @Override
        public long expireAfterRead(EmailAddress address, List<SourceAnswer> answer, long now, long left) {
            return left;
        }
    }
}
