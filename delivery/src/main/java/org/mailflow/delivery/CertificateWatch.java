package org.mailflow.delivery;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.tls.CertificateRenewal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the certificates of {@code mailflow.xml} whose files were renewed, without a reload: an edit of the configuration
 * that nobody has asked for yet stays unread. Trouble is told once, and tried again.
 */
final class CertificateWatch {

    private static final Logger LOGGER = LoggerFactory.getLogger(CertificateWatch.class);

    private final LiveMailflow live;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mailflow-certificates");
        thread.setDaemon(true);
        return thread;
    });
    private Set<String> told = Set.of();

    CertificateWatch(LiveMailflow live) {
        this.live = live;
    }

    /** Looks at the files at the interval of the configuration, until it is stopped. */
    void start() {
        Duration interval = live.current().server().certificateCheckInterval();
        try {
            var unused = timer.schedule(this::look, interval.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.debug("The deliveries end; certificates are no longer looked at");
        }
    }

    void stop() {
        timer.shutdownNow();
    }

    private void look() {
        try {
            Set<CertificateRenewal> renewals = Set.copyOf(live.renewCertificates());
            renewals.stream().filter(CertificateRenewal::isRenewed).forEach(renewal -> LOGGER.info("The {}", renewal));
            Set<String> troubles = renewals.stream()
                    .filter(renewal -> renewal.trouble().isPresent())
                    .map(CertificateRenewal::toString)
                    .collect(Collectors.toSet());
            troubles.stream()
                    .filter(trouble -> !told.contains(trouble))
                    .forEach(trouble -> LOGGER.warn("The {}", trouble));
            told = troubles;
        } catch (RuntimeException e) {
            LOGGER.error("The certificates could not be looked at", e);
        } finally {
            start();
        }
    }
}
