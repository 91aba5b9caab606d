package org.mailflow.core.validation;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds the connector that somebody names: {@code organization/connector}, or its own name where no other has it. */
public final class ConnectorName {

    private ConnectorName() {}

    /**
     * Finds it, without regard to case.
     *
     * @param names of all connectors, {@code organization/connector}
     * @param written what was written
     * @return empty where none has the name, or several have it
     */
    public static Optional<String> find(Collection<String> names, String written) {
        List<String> whole =
                names.stream().filter(name -> name.equalsIgnoreCase(written)).toList();
        List<String> fitting = whole.isEmpty()
                ? names.stream()
                        .filter(name -> name.substring(name.indexOf('/') + 1).equalsIgnoreCase(written))
                        .toList()
                : whole;
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    /** What is wrong with a name that is not found. */
    public static String unknown(Collection<String> names, String written) {
        return "'" + written + "' is not the name of one outbound connector; "
                + (names.isEmpty() ? "there are none" : "there are " + String.join(", ", names));
    }
}
