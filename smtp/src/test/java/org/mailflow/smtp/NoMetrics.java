package org.mailflow.smtp;

import java.time.Duration;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.reactivestreams.Publisher;

/** Measures nothing. */
final class NoMetrics implements MetricFactory {

    @Override
    public Metric generate(String name) {
        return new NoMetric();
    }

    @Override
    public TimeMetric timer(String name) {
        return new NoTimer(name);
    }

    @Override
    public <T> Publisher<T> decoratePublisherWithTimerMetric(String name, Publisher<T> publisher) {
        return publisher;
    }

    @Override
    @Deprecated
    public <T> Publisher<T> decoratePublisherWithTimerMetricLogP99(String name, Publisher<T> publisher) {
        throw new UnsupportedOperationException("deprecated");
    }

    private static final class NoMetric implements Metric {
        @Override
        public void increment() {}

        @Override
        public void decrement() {}

        @Override
        public void add(int value) {}

        @Override
        public void remove(int value) {}

        @Override
        public long getCount() {
            return 0;
        }
    }

    private record NoTimer(String name) implements TimeMetric {
        @Override
        public ExecutionResult stopAndPublish() {
            return new ExecutionResult() {
                @Override
                public Duration elasped() {
                    return Duration.ZERO;
                }

                @Override
                @Deprecated
                public ExecutionResult logWhenExceedP99(Duration thresholdInNanoSeconds) {
                    throw new UnsupportedOperationException("deprecated");
                }
            };
        }
    }
}
