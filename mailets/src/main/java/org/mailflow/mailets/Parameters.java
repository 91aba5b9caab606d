package org.mailflow.mailets;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.mail.MessagingException;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.ProcessingState;

/** Reads a mailet's parameters, and refuses at the end everything that was wrong with them. */
final class Parameters {

    private static final Set<String> OF_THE_CONTAINER = Set.of("onMailetException");

    private final MailetConfig config;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    Parameters(MailetConfig config) {
        this.config = config;
    }

    /** The name of a processor. */
    ProcessingState processor(String name, String unlessSet) {
        return new ProcessingState(text(name).orElse(unlessSet));
    }

    /** A text without surrounding blanks; empty where it is not set. */
    Optional<String> text(String name) {
        known.add(name);
        Optional<String> value =
                Optional.ofNullable(config.getInitParameter(name)).map(String::strip);
        if (value.filter(String::isEmpty).isPresent()) {
            problems.add("<" + name + "> is empty: write a value, or leave it out");
        }
        return value.filter(text -> !text.isEmpty());
    }

    /**
     * A value that is read from text.
     *
     * @param reader throws IllegalArgumentException with the remedy
     */
    <T> T value(String name, Function<String, T> reader, T unlessSet) {
        try {
            return text(name).map(reader).orElse(unlessSet);
        } catch (IllegalArgumentException e) {
            problems.add("<" + name + ">: " + e.getMessage());
            return unlessSet;
        }
    }

    /** Notes a problem. */
    void problem(String text) {
        problems.add(text);
    }

    /** Refuses the mailet where anything is wrong; names every problem. */
    void refuseProblems() throws MessagingException {
        Iterator<String> names = config.getInitParameterNames();
        while (names.hasNext()) {
            String name = names.next();
            // The container's own attributes come as [@match], [@class].
            if (!known.contains(name) && !OF_THE_CONTAINER.contains(name) && !name.startsWith("[@")) {
                problems.add("<" + name + "> is not a parameter: "
                        + (known.isEmpty() ? "the mailet takes none" : "it takes " + String.join(", ", known)));
            }
        }
        if (!problems.isEmpty()) {
            throw new MessagingException("mailet " + config.getMailetName() + ": " + String.join("; ", problems));
        }
    }
}
