package org.mailflow.directory;

import java.time.Duration;
import java.util.List;
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

    private final LiveMailflow live;
    private final ExecutorService threads = QueryThreads.of("recipients", THREADS);
    private volatile View view;

    /**
     * The running snapshot as sessions see it.
     *
     * @param of what it is a view of
     * @param prompt the same with directories that answer at once
     */
    private record View(Mailflow of, Mailflow prompt) {}

    /** A view of what runs. */
    public PromptMailflow(LiveMailflow live) {
        this.live = live;
        this.view = viewOf(live.current());
    }

    @Override
    public Mailflow current() {
        Mailflow running = live.current();
        View last = view;
        if (last.of() != running) {
            last = viewOf(running);
            view = last;
        }
        return last.prompt();
    }

    private View viewOf(Mailflow mailflow) {
        List<Organization> organizations =
                mailflow.organizations().stream().map(this::prompt).toList();
        return new View(mailflow, new Mailflow(mailflow.generation(), mailflow.server(), organizations));
    }

    /** Files are in memory, and asked as they are. */
    private Organization prompt(Organization organization) {
        RecipientDirectory directory = organization.directory();
        boolean waits = directory.parts().stream()
                .anyMatch(part -> part instanceof LdapDirectory || part instanceof JamesUsersDirectory);
        return waits ? organization.withDirectory(new PromptDirectory(directory, PATIENCE, threads)) : organization;
    }
}
