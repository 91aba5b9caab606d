package org.mailflow.assembly.environment;

import java.util.Map;
import org.apache.commons.configuration2.interpol.Lookup;
import org.apache.commons.text.StringSubstitutor;
import org.jspecify.annotations.Nullable;

/**
 * Expands <code>${env:NAME}</code> and <code>${env:NAME:-default}</code> with the variables of one server, in the place of
 * James, which knows those of the process alone. As in mailflow.xml, one that is empty counts as not set.
 */
public final class Variables implements Lookup {

    static final String PREFIX = "env";

    private final Map<String, String> environment;
    private final StringSubstitutor substitutor;

    /** Expands with these variables. */
    public Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.substitutor = new StringSubstitutor(this::value);
    }

    String expand(String text) {
        return substitutor.replace(text);
    }

    /** Keys of other kinds are left as they are. */
    private @Nullable String value(String key) {
        String prefix = PREFIX + ":";
        return key.startsWith(prefix) ? lookup(key.substring(prefix.length())) : null;
    }

    @Override
    public @Nullable String lookup(String name) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? null : value;
    }
}
