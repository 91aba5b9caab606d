package org.mailflow.directory;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.LdapSettings.Limits;

/**
 * Answers that need not be asked for again, and questions that are being asked: one for each address at a time. The last
 * answers with a recipient are kept for longer, to stand in where nobody can be asked.
 */
final class AnswerCache {

    /**
     * An answer and when it was given.
     *
     * @param answer the answer
     * @param at by the ticker
     */
    record Kept(DirectoryAnswer answer, long at) {}

    private final Ticker ticker;
    private final AsyncCache<EmailAddress, Kept> answers;
    private final Optional<Cache<EmailAddress, Kept>> lastFound;

    AnswerCache(Limits limits, Ticker ticker) {
        this.ticker = ticker;
        this.answers = Caffeine.newBuilder()
                .maximumSize(limits.cachedAddresses())
                .expireAfter(new Validity(limits))
                .executor(Runnable::run)
                .ticker(ticker)
                .buildAsync();
        this.lastFound = limits.keptFor().isZero()
                ? Optional.empty()
                : Optional.of(Caffeine.newBuilder()
                        .maximumSize(limits.cachedAddresses())
                        .expireAfterWrite(limits.keptFor())
                        .executor(Runnable::run)
                        .ticker(ticker)
                        .build());
    }

    /** The answer to a question, given or awaited; empty where nobody asked lately. */
    Optional<CompletableFuture<Kept>> known(EmailAddress address) {
        return Optional.ofNullable(answers.getIfPresent(address));
    }

    /** The answer to a question, which is asked unless somebody does already. */
    CompletableFuture<Kept> ask(
            EmailAddress address, Function<EmailAddress, CompletableFuture<DirectoryAnswer>> question) {
        return answers.get(address, (key, executor) -> question.apply(key).thenApply(answer -> kept(key, answer)));
    }

    private Kept kept(EmailAddress address, DirectoryAnswer answer) {
        Kept kept = new Kept(answer, ticker.read());
        lastFound.ifPresent(cache -> {
            if (kept.answer() instanceof DirectoryAnswer.Found) {
                cache.put(address, kept);
            } else if (kept.answer() instanceof DirectoryAnswer.NotFound) {
                cache.invalidate(address);
            }
        });
        return kept;
    }

    /** The last answer with a recipient, not older than the configuration allows. */
    Optional<Kept> lastFound(EmailAddress address) {
        return lastFound.flatMap(cache -> Optional.ofNullable(cache.getIfPresent(address)));
    }

    /** How old an answer is. */
    Duration age(Kept kept) {
        return Duration.ofNanos(Math.max(0, ticker.read() - kept.at()));
    }

    /**
     * For how long which answer counts; that a server cannot be asked counts for those who asked, and nobody after them.
     *
     * @param limits for how long
     */
    private record Validity(Limits limits) implements Expiry<EmailAddress, Kept> {
        @Override
        public long expireAfterCreate(EmailAddress address, Kept kept, long now) {
            if (kept.answer() instanceof DirectoryAnswer.Found) {
                return limits.foundFor().toNanos();
            }
            return kept.answer() instanceof DirectoryAnswer.NotFound
                    ? limits.notFoundFor().toNanos()
                    : 0;
        }

        @Override
        public long expireAfterUpdate(EmailAddress address, Kept kept, long now, long left) {
            return expireAfterCreate(address, kept, now);
        }

        @Override
        public long expireAfterRead(EmailAddress address, Kept kept, long now, long left) {
            return left;
        }
    }
}
