package org.mailflow.core.config.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element that holds others, and what may be written in it.
 *
 * @param name its name
 * @param repeatable whether its parent may hold several
 * @param required whether its parent must hold one
 * @param attributes its parameters that are attributes; a {@code name} among them is how problems call the element
 * @param parameters its parameters that are elements
 * @param children its elements that hold others
 * @param meaning what it is for
 */
public record ElementSpec(
        String name,
        boolean repeatable,
        boolean required,
        List<Parameter<?>> attributes,
        List<Parameter<?>> parameters,
        List<ElementSpec> children,
        String meaning) {

    /** Copies the lists. */
    public ElementSpec {
        attributes = List.copyOf(attributes);
        parameters = List.copyOf(parameters);
        children = List.copyOf(children);
    }

    /** The attribute of this name. */
    public Optional<Parameter<?>> attribute(String attribute) {
        return attributes.stream()
                .filter(known -> known.name().equals(attribute))
                .findFirst();
    }

    /** The parameter of this name that is an element. */
    public Optional<Parameter<?>> parameter(String element) {
        return parameters.stream().filter(known -> known.name().equals(element)).findFirst();
    }

    /** The element of this name that holds others. */
    public Optional<ElementSpec> child(String element) {
        return children.stream().filter(known -> known.name().equals(element)).findFirst();
    }

    /** The names of all elements that may stand in it. */
    public List<String> elementNames() {
        return Stream.concat(
                        parameters.stream().map(Parameter::name),
                        children.stream().map(ElementSpec::name))
                .toList();
    }

    /** This element and all that may stand in it, at any depth. */
    public Stream<ElementSpec> withDescendants() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(ElementSpec::withDescendants));
    }
}
