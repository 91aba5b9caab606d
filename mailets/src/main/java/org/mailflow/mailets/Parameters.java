package org.mailflow.mailets;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.ProcessingState;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.container.settings.MailetSpec;

/** Reads a mailet's parameters by its specification, and refuses at the end everything that was wrong with them. */
final class Parameters {

    private final MailetConfig config;
    private final MailetSpec spec;
    private final List<String> problems = new ArrayList<>();

    Parameters(MailetConfig config, MailetSpec spec) {
        this.config = config;
        this.spec = spec;
    }

    /** The name of a processor. */
    ProcessingState processor(Parameter<String> parameter) {
        return new ProcessingState(value(parameter));
    }

    /** The value of a parameter, or its default. */
    <T> T value(Parameter<T> parameter) {
        return optional(parameter).or(parameter::defaultValue).orElseThrow();
    }

    /** The value of a parameter; empty where it is not set. */
    <T> Optional<T> optional(Parameter<T> parameter) {
        if (!spec.parameters().contains(parameter)) {
            throw new IllegalArgumentException(parameter.name() + " is missing in the specification of "
                    + spec.className() + ", which start-up checks go by");
        }
        Optional<String> text =
                Optional.ofNullable(config.getInitParameter(parameter.name())).map(String::strip);
        if (text.filter(String::isEmpty).isPresent()) {
            problems.add("<" + parameter.name() + "> is empty: write a value, or leave it out");
            return Optional.empty();
        }
        try {
            return text.map(parameter.kind()::parse);
        } catch (IllegalArgumentException e) {
            problems.add("<" + parameter.name() + ">: " + e.getMessage());
            return Optional.empty();
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
            if (spec.element().parameter(name).isEmpty() && !name.startsWith("[@")) {
                problems.add("<" + name + "> is not a parameter: " + taken());
            }
        }
        if (!problems.isEmpty()) {
            throw new MessagingException("mailet " + config.getMailetName() + ": " + String.join("; ", problems));
        }
    }

    private String taken() {
        return spec.parameters().isEmpty()
                ? "the mailet takes none"
                : "it takes " + spec.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
    }
}
