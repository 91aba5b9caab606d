package org.mailflow.webadmin;

import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.mailflow.core.operation.StatusSource;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * {@code GET /mailflow/metrics}: the figures of mail flow in the text format of Prometheus (version 0.0.4), each with the
 * connector as label. James' own figures are at {@code /metrics}.
 */
public final class MetricsRoutes implements Routes {

    private static final String BASE = "/mailflow";

    private final StatusSource source;

    /** Tells the figures of this server. */
    @Inject
    public MetricsRoutes(StatusSource source) {
        this.source = source;
    }

    /** What WebAdmin asks the token for. */
    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.get(BASE + "/metrics", this::metrics);
    }

    private String metrics(Request request, Response response) {
        try {
            StringWriter text = new StringWriter();
            TextFormat.write004(text, Collections.enumeration(MetricFamilies.of(source.facts())));
            response.type(TextFormat.CONTENT_TYPE_004);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
    }
}
