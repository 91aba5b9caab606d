package org.mailflow.core.config.reading;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.NearMiss;
import org.mailflow.core.config.Problems;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.settings.OrganizationElements;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.config.settings.Parameter.Occurs;
import org.mailflow.core.config.xml.Element;

/** Compares an element with its specification: what is unknown, what is missing, what is there too often. */
final class StructureCheck {

    private final Element element;
    private final ElementSpec spec;
    private final Problems problems;
    private final String title;
    private final Set<String> broken = new HashSet<>();

    StructureCheck(Element element, ElementSpec spec, Problems problems, String title) {
        this.element = element;
        this.spec = spec;
        this.problems = problems;
        this.title = title;
    }

    /** Notes the problems, and tells which parameters they make pointless to read on. */
    Set<String> run() {
        text();
        attributes();
        children();
        missing();
        return broken;
    }

    private void text() {
        if (!element.text().isEmpty()) {
            String word = element.text().split("\\s+", 2)[0];
            problems.error(
                    element.locationOf(word),
                    title,
                    "has the text '" + shortened(element.text()) + "' between its elements",
                    "Put it into the element that it belongs to, or into a comment <!-- -->");
        }
    }

    private void attributes() {
        List<String> known = spec.attributes().stream().map(Parameter::name).toList();
        element.attributes().keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> problems.error(
                        element.location(),
                        title,
                        "has an unknown attribute " + name,
                        remedyForAttribute(name, known)));
    }

    private String remedyForAttribute(String name, List<String> known) {
        if (spec.elementNames().contains(name)) {
            return "Write it as an element: <" + name + ">…</" + name + ">";
        }
        return NearMiss.of(name, known)
                .map(near -> "Did you mean " + near + "?")
                .orElse(known.isEmpty() ? "Remove it" : "Remove it, or write one of: " + String.join(", ", known));
    }

    private void children() {
        Map<String, Location> first = new HashMap<>();
        for (Element child : element.children()) {
            Optional<Parameter<?>> parameter = spec.parameter(child.name());
            Optional<ElementSpec> section = spec.child(child.name());
            if (parameter.isEmpty() && section.isEmpty()) {
                problems.error(
                        child.location(),
                        title + "/" + child.name(),
                        "is unknown here",
                        remedyForElement(child.name()));
                continue;
            }
            boolean repeatable = parameter
                    .map(known -> known.occurs() != Occurs.ONCE)
                    .or(() -> section.map(ElementSpec::repeatable))
                    .orElse(true);
            Location before = first.putIfAbsent(child.name(), child.location());
            if (before != null && !repeatable) {
                broken.add(child.name());
                problems.error(
                        child.location(),
                        title + "/" + child.name(),
                        "is written a second time; the first is in line " + before.line(),
                        "Keep one of the two");
            }
            parameter.ifPresent(known -> plain(child));
        }
    }

    /** A parameter holds text and nothing else. */
    private void plain(Element parameter) {
        if (!parameter.children().isEmpty() || !parameter.attributes().isEmpty()) {
            broken.add(parameter.name());
            problems.error(
                    parameter.location(),
                    title + "/" + parameter.name(),
                    "holds a value and nothing else, but has attributes or elements",
                    "Write it as <" + parameter.name() + ">value</" + parameter.name() + ">");
        }
    }

    private String remedyForElement(String name) {
        if (spec.attributes().stream().anyMatch(attribute -> attribute.name().equals(name))) {
            return "Write it as an attribute: <" + spec.name() + " " + name + "=\"…\">";
        }
        Optional<String> near = NearMiss.of(name, spec.elementNames());
        if (near.isPresent()) {
            return "Did you mean " + near.get() + "?";
        }
        String homes = OrganizationElements.ROOT
                .withDescendants()
                .filter(home -> home.elementNames().contains(name))
                .map(ElementSpec::name)
                .collect(Collectors.joining(", "));
        return homes.isEmpty()
                ? "Remove it, or write one of: " + String.join(", ", spec.elementNames())
                : "It belongs in: " + homes;
    }

    private void missing() {
        spec.attributes().stream()
                .filter(Parameter::required)
                .filter(attribute -> !element.attributes().containsKey(attribute.name()))
                .forEach(attribute -> missing(
                        attribute.name(),
                        "Add the attribute " + attribute.name() + "=\"…\": "
                                + attribute.kind().meaning()));
        spec.parameters().stream()
                .filter(Parameter::required)
                .filter(parameter -> lacks(parameter.name()))
                .forEach(parameter -> missing(
                        parameter.name(),
                        "Add <" + parameter.name() + ">…</" + parameter.name() + ">: "
                                + parameter.kind().meaning()));
        spec.children().stream()
                .filter(ElementSpec::required)
                .filter(child -> lacks(child.name()))
                .forEach(child -> missing(child.name(), "Add the element <" + child.name() + ">"));
    }

    private boolean lacks(String name) {
        return element.children().stream().noneMatch(child -> child.name().equals(name));
    }

    private void missing(String name, String remedy) {
        broken.add(name);
        problems.error(element.location(), title + "/" + name, "is missing", remedy);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 40 ? line : line.substring(0, 40) + "…";
    }
}
