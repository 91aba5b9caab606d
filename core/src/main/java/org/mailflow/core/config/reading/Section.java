package org.mailflow.core.config.reading;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.config.settings.Parameter.Occurs;
import org.mailflow.core.config.xml.Element;

/**
 * An element that holds others, read by its specification: typed values out, a problem for whatever is not in order.
 * Not for several threads.
 */
public final class Section {

    private static final Splitter LIST =
            Splitter.on(CharMatcher.whitespace().or(CharMatcher.is(','))).omitEmptyStrings();
    private static final String NAME = "name";

    /**
     * A value of a list, and where it stands.
     *
     * @param value the value
     * @param location its own place
     * @param <T> what a value is
     */
    public record Item<T>(T value, Location location) {}

    private final Element element;
    private final ElementSpec spec;
    private final Reading reading;
    private final String title;
    private final Set<String> broken = new HashSet<>();

    private Section(Element element, ElementSpec spec, Reading reading, String title) {
        this.element = element;
        this.spec = spec;
        this.reading = reading;
        this.title = title;
    }

    /** Opens an element: everything in it that its specification does not have becomes a problem. */
    static Section open(Element element, ElementSpec spec, Reading reading) {
        String name = element.attributes().getOrDefault(NAME, "");
        return open(element, spec, reading, name.isEmpty() ? spec.name() : spec.name() + " '" + name + "'");
    }

    /** The same; problems call the element by this title. */
    public static Section open(Element element, ElementSpec spec, Reading reading, String title) {
        Section section = new Section(element, spec, reading, title);
        new StructureCheck(element, spec, reading, section.title).run().forEach(section.broken::add);
        return section;
    }

    /** How problems call the element: {@code outboundConnector 'To the cloud'}. */
    public String title() {
        return title;
    }

    /** How problems call a parameter of it. */
    public String titleOf(Parameter<?> parameter) {
        return title + "/" + parameter.name();
    }

    /** Where the element begins. */
    public Location location() {
        return element.location();
    }

    /** Where a parameter is written; where the element begins, if it is not. */
    public Location locationOf(Parameter<?> parameter) {
        return elements(parameter).findFirst().map(Element::location).orElseGet(element::location);
    }

    /** Whether a parameter is written. */
    public boolean has(Parameter<?> parameter) {
        return spec.attribute(parameter.name()).isPresent()
                ? element.attributes().containsKey(parameter.name())
                : elements(parameter).findAny().isPresent();
    }

    /** Whether nothing is wrong with a parameter as such; only then is there a point in judging it beside others. */
    public boolean isSound(Parameter<?> parameter) {
        return !broken.contains(parameter.name());
    }

    /** The value of a parameter; its default where it is not written; empty where there is none or it is broken. */
    public <T> Optional<T> one(Parameter<T> parameter) {
        String attribute = element.attributes().get(parameter.name());
        if (attribute != null && spec.attribute(parameter.name()).isPresent()) {
            return replaced(parameter, attribute, element.location())
                    .flatMap(text -> parse(parameter, text, element.location()));
        }
        Optional<Element> written = elements(parameter).findFirst();
        return written.isEmpty()
                ? parameter.defaultValue()
                : written.flatMap(found -> replaced(parameter, found.text(), found.location())
                        .flatMap(text -> parse(parameter, text, found.location())));
    }

    /** The text of an attribute as it is written, with its environment variables; empty where it is not. */
    String written(Parameter<?> attribute) {
        return replaced(attribute, element.attributes().getOrDefault(attribute.name(), ""), element.location())
                .orElse("");
    }

    /** The value of a parameter, or this one where there is none. */
    public <T> T one(Parameter<T> parameter, T otherwise) {
        return one(parameter).orElse(otherwise);
    }

    /** The values of a parameter in the order of the file; its default where it is not written. */
    public <T> List<T> list(Parameter<T> parameter) {
        if (!has(parameter) && parameter.fixedDefault()) {
            return words(parameter, parameter.defaultText()).stream()
                    .map(parameter.kind()::parse)
                    .toList();
        }
        return items(parameter).stream().map(Item::value).toList();
    }

    /** The written values of a parameter in the order of the file, with their places. */
    public <T> List<Item<T>> items(Parameter<T> parameter) {
        List<Item<T>> items = new ArrayList<>();
        elements(parameter).forEach(written -> replaced(parameter, written.text(), written.location())
                .ifPresent(text -> words(parameter, text).forEach(word -> {
                    Location place = written.locationOf(word);
                    parse(parameter, word, place).ifPresent(value -> items.add(new Item<>(value, place)));
                })));
        return items;
    }

    /** The elements of this specification in it, opened, in the order of the file. */
    public List<Section> children(ElementSpec child) {
        return element.children().stream()
                .filter(found -> found.name().equals(child.name()))
                .map(found -> open(found, child, reading))
                .toList();
    }

    /** The element of this specification in it. */
    public Optional<Section> child(ElementSpec child) {
        return children(child).stream().findFirst();
    }

    /** Notes an error of a parameter beside others. */
    public void error(Parameter<?> parameter, String message, String remedy) {
        error(parameter, locationOf(parameter), message, remedy);
    }

    /** Notes an error of one of a parameter's values. */
    public void error(Parameter<?> parameter, Location place, String message, String remedy) {
        reading.problems().error(place, titleOf(parameter), message, remedy);
    }

    /** Notes a warning about a parameter. */
    public void warning(Parameter<?> parameter, String message, String remedy) {
        reading.problems().warning(locationOf(parameter), titleOf(parameter), message, remedy);
    }

    /** Notes a warning about one of a parameter's values. */
    public void warning(Parameter<?> parameter, Location place, String message, String remedy) {
        reading.problems().warning(place, titleOf(parameter), message, remedy);
    }

    /** Notes an error of the element as a whole. */
    public void error(String message, String remedy) {
        reading.problems().error(location(), title, message, remedy);
    }

    /** Notes a warning about the element as a whole. */
    public void warning(String message, String remedy) {
        reading.problems().warning(location(), title, message, remedy);
    }

    /** Notes a warning about a row of a file that the element names. */
    public void warningIn(Location row, String column, String message, String remedy) {
        reading.problems().warning(row, column, message, remedy);
    }

    /** The time of this reading. */
    public Instant now() {
        return reading.now();
    }

    /** Notes an error of a parameter as such: there is no point in judging it beside others. */
    void broken(Parameter<?> parameter, Location place, String message, String remedy) {
        broken.add(parameter.name());
        error(parameter, place, message, remedy);
    }

    /** The same for a file that is named in order, but cannot be read. */
    void unavailable(Parameter<?> parameter, Location place, String message, String remedy) {
        broken.add(parameter.name());
        reading.problems().unavailable(place, titleOf(parameter), message, remedy);
    }

    private Stream<Element> elements(Parameter<?> parameter) {
        return spec.parameter(parameter.name()).isEmpty()
                ? Stream.empty()
                : element.children().stream().filter(child -> child.name().equals(parameter.name()));
    }

    private static List<String> words(Parameter<?> parameter, String text) {
        return parameter.occurs() == Occurs.LIST ? LIST.splitToList(text) : List.of(text);
    }

    /** The text with its environment variables. */
    private Optional<String> replaced(Parameter<?> parameter, String text, Location place) {
        try {
            String replaced = reading.environment().replaceIn(text).strip();
            if (reading.environment().leaves(replaced)) {
                return Optional.empty();
            }
            if (replaced.isEmpty()) {
                broken(parameter, place, "is empty", "Write " + parameter.kind().meaning() + ", or remove it");
                return Optional.empty();
            }
            return Optional.of(replaced);
        } catch (IllegalArgumentException e) {
            complain(parameter, place, e);
            return Optional.empty();
        }
    }

    private <T> Optional<T> parse(Parameter<T> parameter, String text, Location place) {
        try {
            return Optional.of(parameter.kind().parse(text));
        } catch (IllegalArgumentException e) {
            complain(parameter, place, e);
            return Optional.empty();
        }
    }

    /** Messages of forms have the remedy after the last colon. */
    private void complain(Parameter<?> parameter, Location place, IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        int colon = message.lastIndexOf(": ");
        String remedy = colon < 0
                ? "Write " + parameter.kind().meaning()
                : Character.toUpperCase(message.charAt(colon + 2)) + message.substring(colon + 3);
        broken(parameter, place, colon < 0 ? message : message.substring(0, colon), remedy);
    }
}
