package org.mailflow.directory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.LdapSettings;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.directory.SourceAnswer;
import org.mailflow.directory.AnswerCache.Kept;
import org.mailflow.directory.LdapQuery.OfGroup;
import org.mailflow.directory.LdapQuery.Step;
import org.mailflow.directory.LdapQuery.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory server as a source of recipients. Who asks waits for five seconds at most; while the server cannot be
 * asked, the last answer with a recipient stands in, and everybody else is unavailable at once.
 */
final class LdapDirectory implements RecipientDirectory, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(LdapDirectory.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final String title;
    private final LdapQuery query;
    private final LookupMeter meter;
    private final Circuit circuit;
    private final AnswerCache cache;
    private final ExecutorService threads;
    /** Reading a big group takes long: it is not to keep those waiting who ask for an address. */
    private final ExecutorService groupThreads;

    LdapDirectory(LdapSettings settings, LookupMeter meter, Ticker ticker) {
        this.title = "ldap." + settings.organization() + "." + settings.name();
        this.query = new LdapQuery(settings);
        this.meter = meter;
        this.circuit = new Circuit(ticker::read);
        this.cache = new AnswerCache(settings.limits(), ticker);
        this.threads = QueryThreads.of(title, settings.limits().connections());
        this.groupThreads = QueryThreads.of(title + ".groups", LdapConnections.FOR_GROUPS);
    }

    /** What it is called in logs and metrics: no two directories are called the same. */
    String title() {
        return title;
    }

    /** Why the server could not be asked the last time; empty where it could. */
    Optional<String> trouble() {
        return circuit.trouble();
    }

    /** Asks the server whether it is there, whatever was asked before; tells why it is not. */
    Optional<String> probe() {
        CompletableFuture<Optional<String>> probe = CompletableFuture.supplyAsync(query::probe, threads);
        try {
            return probe.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (TimeoutException | ExecutionException e) {
            return Optional.of("no answer in " + LONGEST.toSeconds() + " s");
        }
    }

    @Override
    public DirectoryAnswer find(EmailAddress address) {
        return answer(address).answer();
    }

    @Override
    public List<SourceAnswer> ask(EmailAddress address) {
        return List.of(answer(address));
    }

    private SourceAnswer answer(EmailAddress address) {
        Optional<CompletableFuture<Kept>> known = cache.known(address);
        boolean asked = known.isEmpty();
        SourceAnswer answer = known.map(future -> await(address, future, false)).orElseGet(() -> circuit.pausing()
                .map(reason -> standIn(address, reason))
                .orElseGet(() -> await(address, begin(address), true)));
        meter.count(title, answer.answer(), !asked || answer.age().isPresent());
        return answer;
    }

    private CompletableFuture<Kept> begin(EmailAddress address) {
        try {
            return cache.ask(address, this::question);
        } catch (RejectedExecutionException closed) {
            DirectoryAnswer answer = new DirectoryAnswer.Unavailable("the configuration has changed");
            return CompletableFuture.completedFuture(new Kept(answer, 0));
        }
    }

    private SourceAnswer await(EmailAddress address, CompletableFuture<Kept> future, boolean asked) {
        boolean done = future.isDone();
        try {
            Kept kept = future.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            if (kept.answer() instanceof DirectoryAnswer.Unavailable unavailable) {
                return standIn(address, unavailable.reason());
            }
            Optional<Duration> age = done && !asked ? Optional.of(cache.age(kept)) : Optional.empty();
            return new SourceAnswer(title, kept.answer(), age, Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return standIn(address, "interrupted");
        } catch (TimeoutException e) {
            return standIn(address, "no whole answer in " + LONGEST.toSeconds() + " s");
        } catch (ExecutionException e) {
            LOGGER.error("{}: a look-up of {} failed in a way that it must not", title, address, e);
            return standIn(address, "the look-up failed: " + e.getCause());
        }
    }

    private SourceAnswer standIn(EmailAddress address, String reason) {
        return cache.lastFound(address)
                .map(kept -> new SourceAnswer(title, kept.answer(), Optional.of(cache.age(kept)), Optional.of(reason)))
                .orElseGet(() -> SourceAnswer.fresh(title, new DirectoryAnswer.Unavailable(reason)));
    }

    private CompletableFuture<DirectoryAnswer> question(EmailAddress address) {
        return CompletableFuture.supplyAsync(() -> step(() -> query.find(address)), threads)
                .thenCompose(this::members);
    }

    private CompletableFuture<DirectoryAnswer> members(Step step) {
        if (!(step instanceof OfGroup group)) {
            return CompletableFuture.completedFuture(((Told) step).answer());
        }
        try {
            return CompletableFuture.supplyAsync(() -> step(() -> query.expand(group)), groupThreads)
                    .thenApply(told -> ((Told) told).answer());
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(new DirectoryAnswer.Unavailable("the configuration has changed"));
        }
    }

    /** A question to the server. */
    private interface Question {
        Step ask() throws ServerUnavailableException;
    }

    /** Runs on a thread of this directory. Others may have found meanwhile that the server cannot be asked. */
    private Step step(Question question) {
        Optional<String> refusal = circuit.refusal();
        if (refusal.isPresent()) {
            return LdapQuery.unavailable(refusal.get());
        }
        return meter.timed(title, () -> {
            try {
                Step answer = question.ask();
                if (circuit.trouble().isPresent()) {
                    LOGGER.info("{} can be asked again", title);
                }
                circuit.succeeded();
                return answer;
            } catch (ServerUnavailableException e) {
                if (circuit.failed(String.valueOf(e.getMessage()))) {
                    LOGGER.warn("{} cannot be asked, mail waits: {}", title, e.getMessage());
                }
                return LdapQuery.unavailable(String.valueOf(e.getMessage()));
            }
        });
    }

    /** Ends its connections; who asks later is told that it is unavailable. */
    @Override
    public void close() {
        threads.shutdownNow();
        groupThreads.shutdownNow();
        query.close();
    }
}
