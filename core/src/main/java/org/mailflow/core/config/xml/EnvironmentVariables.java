package org.mailflow.core.config.xml;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables into text: <code>${env:NAME}</code> and, where the variable may be unset or empty,
 * <code>${env:NAME:-default}</code>. Nothing else that begins with <code>${</code> is allowed, so that a slip is no host
 * name.
 */
public final class EnvironmentVariables {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)(}?)");
    private static final Pattern VARIABLE = Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

    private final Map<String, String> environment;

    /** Replaces by these variables. */
    public EnvironmentVariables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Replaces all references.
     *
     * @throws IllegalArgumentException where a variable is not set, or the text has any other {@code ${…}}
     */
    public String replaceIn(String text) {
        if (!text.contains("${")) {
            return text;
        }
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), match.group())));
    }

    private String value(String reference, String written) {
        Matcher variable = VARIABLE.matcher(reference);
        if (!written.endsWith("}") || reference.contains("${") || !variable.matches()) {
            throw new IllegalArgumentException("'" + written + "' cannot be replaced: write ${env:NAME} or "
                    + "${env:NAME:-default}; nothing else is replaced, and a default has no ${ in it");
        }
        String name = variable.group(1);
        String value = environment.getOrDefault(name, "");
        String otherwise = variable.group(2);
        if (!value.isEmpty()) {
            return value;
        }
        if (otherwise != null) {
            return otherwise;
        }
        if (environment.containsKey(name)) {
            return value;
        }
        throw new IllegalArgumentException(
                "the environment variable " + name + " is not set: set it, or write ${env:" + name + ":-default}");
    }
}
