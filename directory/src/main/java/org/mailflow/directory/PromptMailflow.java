package org.mailflow.directory;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.SessionMailflow;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;

/**
 * The running snapshot for sessions that are answered on the threads that read sockets, as in a stock James: no look-up of
 * a recipient keeps such a thread for longer than a moment. What is not known by then is unavailable, which RCPT answers
 * with 451, while the look-up goes on for whoever asks again.
 */
public final class PromptMailflow implements SessionMailflow {

    /** How long a session waits for a recipient. */
    public static final Duration PATIENCE = Duration.ofMillis(50);

    private static final int THREADS = 8;
    /** Whoever tries one name after the other fills this, and then hears at once that a name is not known yet. */
    private static final int WAITING = 256;

    private final LiveMailflow live;
    private final ExecutorService threads = QueryThreads.of("recipients", THREADS, WAITING);
    private volatile View view;

    /**
     * The running snapshot as sessions see it.
     *
     * @param of what it is a view of
     * @param prompt the same with directories that answer at once
     * @param directories those, by what they ask: a reload that leaves the sources alone leaves the answers, too
     */
    private record View(Mailflow of, Mailflow prompt, Map<Asked, PromptDirectory> directories) {}

    /** What an organization's recipients are asked of. */
    private record Asked(String organization, List<RecipientDirectory> parts) {}

    /** A view of what runs. */
    public PromptMailflow(LiveMailflow live) {
        this.live = live;
        this.view = viewOf(live.current(), Map.of());
    }

    @Override
    public Mailflow current() {
        Mailflow running = live.current();
        View last = view;
        return last.of() == running ? last.prompt() : renewed(running);
    }

    private synchronized Mailflow renewed(Mailflow running) {
        if (view.of() != running) {
            view = viewOf(running, view.directories());
        }
        return view.prompt();
    }

    private View viewOf(Mailflow mailflow, Map<Asked, PromptDirectory> known) {
        Map<Asked, PromptDirectory> used = new HashMap<>();
        List<Organization> organizations = mailflow.organizations().stream()
                .map(organization -> prompt(organization, known, used))
                .toList();
        return new View(
                mailflow,
                new Mailflow(
                        mailflow.generation(),
                        mailflow.server(),
                        organizations,
                        mailflow.signingKey(),
                        mailflow.clock()),
                used);
    }

    /** Files are in memory, and asked as they are. */
    private Organization prompt(
            Organization organization, Map<Asked, PromptDirectory> known, Map<Asked, PromptDirectory> used) {
        RecipientDirectory directory = organization.directory();
        List<RecipientDirectory> parts = directory.parts();
        boolean waits =
                parts.stream().anyMatch(part -> part instanceof LdapDirectory || part instanceof JamesUsersDirectory);
        if (!waits) {
            return organization;
        }
        Asked asked = new Asked(organization.name(), parts);
        PromptDirectory prompt = Optional.ofNullable(known.get(asked))
                .orElseGet(() -> new PromptDirectory(directory, PATIENCE, threads));
        used.put(asked, prompt);
        return organization.withDirectory(prompt);
    }
}
