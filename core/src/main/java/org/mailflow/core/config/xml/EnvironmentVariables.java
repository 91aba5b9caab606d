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
    private final boolean others;

    /** Replaces by these variables. */
    public EnvironmentVariables(Map<String, String> environment) {
        this(environment, false);
    }

    private EnvironmentVariables(Map<String, String> environment, boolean others) {
        this.environment = Map.copyOf(environment);
        this.others = others;
    }

    /** Replaces by these variables in files of James', which replaces other references itself: these are left. */
    public static EnvironmentVariables besideOthers(Map<String, String> environment) {
        return new EnvironmentVariables(environment, true);
    }

    /** Whether a text has references that are left to James, so that its value is not known here. */
    public boolean leaves(String text) {
        return others && text.contains("${");
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
        if (others && !reference.startsWith("env:")) {
            return written;
        }
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
