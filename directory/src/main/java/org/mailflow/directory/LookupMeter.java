package org.mailflow.directory;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.inject.Provider;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.mailflow.core.directory.DirectoryAnswer;

/** Counts and times look-ups in James' metrics, once there is a server that has some. */
final class LookupMeter {

    private static final String PREFIX = "mailflow.directory.";

    private volatile Optional<Provider<? extends MetricFactory>> metrics = Optional.empty();

    void report(Provider<? extends MetricFactory> factory) {
        metrics = Optional.of(factory);
    }

    /** Times a question to a source. */
    <T> T timed(String source, Supplier<T> question) {
        Optional<TimeMetric> timer = metrics.map(factory -> factory.get().timer(PREFIX + source + ".time"));
        try {
            return question.get();
        } finally {
            timer.ifPresent(TimeMetric::stopAndPublish);
        }
    }

    /** Counts an answer, be it from the source or kept. */
    void count(String source, DirectoryAnswer answer, boolean kept) {
        String kind = answer.getClass().getSimpleName();
        String name = kind.substring(0, 1).toLowerCase(Locale.ROOT) + kind.substring(1);
        metrics.ifPresent(factory -> factory.get()
                .generate(PREFIX + source + (kept ? ".kept." : ".") + name)
                .increment());
    }
}
