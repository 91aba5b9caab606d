package org.mailflow.core.container.settings;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.settings.Parameter;

/**
 * A mailet, as far as it must be known to judge a {@code mailetcontainer.xml}.
 *
 * @param className its class, with the package where it is not James' own
 * @param parameters all that it reads; a parameter that is not among them does nothing
 * @param openPrefix parameters that begin so are taken besides; empty where that are all parameters
 * @param ending whether a mail goes on to the next mailet
 * @param tells whether it keeps a copy of the mail, or tells somebody of it
 */
public record MailetSpec(
        String className, List<Parameter<?>> parameters, Optional<String> openPrefix, Ending ending, boolean tells) {

    /** Copies the parameters. */
    public MailetSpec {
        parameters = List.copyOf(parameters);
    }

    /** One that takes no other parameters than these. */
    static MailetSpec of(String className, Ending ending, Parameter<?>... parameters) {
        return new MailetSpec(className, List.of(parameters), Optional.empty(), ending, false);
    }

    /** The same; it keeps a copy, or tells somebody. */
    MailetSpec telling() {
        return new MailetSpec(className, parameters, openPrefix, ending, true);
    }

    /** The same; it takes parameters that begin so too. */
    MailetSpec open(String prefix) {
        return new MailetSpec(className, parameters, Optional.of(prefix), ending, tells);
    }

    /** The name without its package. */
    public String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** The names of its parameters. */
    public List<String> names() {
        return parameters.stream().map(Parameter::name).toList();
    }

    /** Whether it takes a parameter of this name. */
    public boolean takes(String parameter) {
        return openPrefix.filter(parameter::startsWith).isPresent() || names().contains(parameter);
    }

    /** The element {@code mailet} with this mailet's parameters. */
    public ElementSpec element() {
        return MailetElements.mailet(parameters);
    }
}
