package org.mailflow.directory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.inject.Provider;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.user.api.UsersRepository;
import org.mailflow.core.directory.DirectorySources;
import org.mailflow.core.directory.LdapSettings;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.directory.RecipientSource;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;

/**
 * The sources of recipients that a server has open. A directory with the same settings keeps its connections and its
 * answers over a reload; one that no snapshot names any more is closed.
 */
public final class OpenDirectories implements DirectorySources, AutoCloseable {

    private final LookupMeter meter = new LookupMeter();
    private final JamesUsersDirectory users = new JamesUsersDirectory(meter);
    private final Map<LdapSettings, LdapDirectory> open = new LinkedHashMap<>();

    /** Opens nothing yet. */
    public OpenDirectories() {}

    @Override
    public synchronized RecipientDirectory open(RecipientSource source) {
        return source instanceof RecipientSource.Ldap ldap
                ? open.computeIfAbsent(
                        ldap.settings(), settings -> new LdapDirectory(settings, meter, Ticker.systemTicker()))
                : users;
    }

    /**
     * Tells of a James that has been put together, before it takes mail. Until then its users are unavailable.
     *
     * @param accounts its users
     * @param table its aliases, groups and forwards
     * @param metrics where look-ups are counted from now on
     */
    public void connect(
            Provider<? extends UsersRepository> accounts,
            Provider<? extends RecipientRewriteTable> table,
            Provider<? extends MetricFactory> metrics) {
        users.connect(accounts, table);
        meter.report(metrics);
    }

    /** Closes what none of these snapshots asks. */
    public synchronized void retain(Collection<Mailflow> snapshots) {
        Set<RecipientDirectory> used = Collections.newSetFromMap(new IdentityHashMap<>());
        snapshots.stream()
                .flatMap(snapshot -> snapshot.organizations().stream())
                .map(Organization::directory)
                .forEach(directory -> used.addAll(directory.parts()));
        open.values().removeIf(directory -> {
            if (used.contains(directory)) {
                return false;
            }
            directory.close();
            return true;
        });
    }

    /** The directory servers that are open. */
    synchronized List<LdapDirectory> servers() {
        return new ArrayList<>(open.values());
    }

    /** Ends all connections. */
    @Override
    public synchronized void close() {
        open.values().forEach(LdapDirectory::close);
        open.clear();
    }
}
