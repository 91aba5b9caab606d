package org.mailflow.assembly;

import java.util.Map;
import org.apache.commons.configuration2.interpol.ConfigurationInterpolator;
import org.apache.commons.configuration2.interpol.DefaultLookups;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a server's configuration may name as <code>${env:NAME}</code> or <code>${env:NAME:-default}</code>,
 * in James' files as in mailflow.xml: one that is empty counts as not set.
 */
final class EnvironmentVariables {
    private static final String PREFIX = DefaultLookups.ENVIRONMENT.getPrefix();

    private final Map<String, String> variables;

    EnvironmentVariables(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Makes a configuration use them in place of those of the process. */
    void install(ConfigurationInterpolator interpolator) {
        interpolator.registerLookup(PREFIX, this::lookup);
    }

    private @Nullable Object lookup(String name) {
        String value = variables.getOrDefault(name, "");
        return value.isEmpty() ? null : value;
    }
}
