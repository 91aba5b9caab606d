package org.mailflow.core.config.settings;

import com.google.common.xml.XmlEscapers;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mailflow.core.config.settings.Parameter.Occurs;

/** Writes the schema of {@code mailflow.xml} from the catalogue that the reader reads by. */
final class SchemaText {

    private static final String ENVIRONMENT = "environment";

    private final StringBuilder text = new StringBuilder();

    private SchemaText() {}

    static String of(ElementSpec root) {
        SchemaText schema = new SchemaText();
        schema.write(root);
        return schema.text.toString();
    }

    private void write(ElementSpec root) {
        line(0, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        line(
                0,
                "<!-- The parameters of mailflow.xml, for editors. Written from the code by SchemaTest, which fails where the two");
        line(
                0,
                "     differ. mailflow check knows more: what is missing, what is there too often, what contradicts itself. -->");
        line(0, "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">");
        element(1, root, "");
        root.withDescendants()
                .flatMap(spec -> Stream.concat(spec.attributes().stream(), spec.parameters().stream()))
                .filter(parameter -> parameter.occurs() != Occurs.LIST)
                .<TreeMap<String, Kind<?>>>collect(
                        TreeMap::new,
                        (kinds, parameter) -> kinds.put(parameter.kind().name(), parameter.kind()),
                        TreeMap::putAll)
                .values()
                .forEach(this::type);
        line(1, "<xs:simpleType name=\"" + ENVIRONMENT + "\">");
        documentation(2, List.of("A value with an environment variable in it."));
        line(2, "<xs:restriction base=\"xs:token\">");
        line(3, "<xs:pattern value=\"[^$]*[$]\\{env:[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}.*\"/>");
        line(2, "</xs:restriction>");
        line(1, "</xs:simpleType>");
        line(0, "</xs:schema>");
    }

    private void element(int depth, ElementSpec spec, String occurs) {
        line(depth, "<xs:element name=\"" + spec.name() + "\"" + occurs + ">");
        documentation(depth + 1, List.of(spec.meaning() + howOften(spec)));
        line(depth + 1, "<xs:complexType>");
        if (!spec.elementNames().isEmpty()) {
            line(depth + 2, "<xs:choice minOccurs=\"0\" maxOccurs=\"unbounded\">");
            spec.parameters().forEach(parameter -> parameter(depth + 3, parameter));
            spec.children().forEach(child -> element(depth + 3, child, ""));
            line(depth + 2, "</xs:choice>");
        }
        spec.attributes().forEach(attribute -> attribute(depth + 2, attribute));
        line(depth + 1, "</xs:complexType>");
        line(depth, "</xs:element>");
    }

    private void parameter(int depth, Parameter<?> parameter) {
        line(depth, "<xs:element name=\"" + parameter.name() + "\" type=\"" + typeOf(parameter) + "\">");
        documentation(depth + 1, describe(parameter));
        line(depth, "</xs:element>");
    }

    private void attribute(int depth, Parameter<?> parameter) {
        String use = parameter.required() ? "required" : "optional";
        line(
                depth,
                "<xs:attribute name=\"" + parameter.name() + "\" type=\"" + typeOf(parameter) + "\" use=\"" + use
                        + "\">");
        documentation(depth + 1, describe(parameter));
        line(depth, "</xs:attribute>");
    }

    private void type(Kind<?> kind) {
        line(1, "<xs:simpleType name=\"" + kind.name() + "\">");
        documentation(2, List.of(kind.meaning()));
        if (kind.words().isEmpty()) {
            line(2, "<xs:restriction base=\"xs:token\"/>");
        } else {
            line(2, "<xs:union memberTypes=\"" + ENVIRONMENT + "\">");
            line(3, "<xs:simpleType>");
            line(4, "<xs:restriction base=\"xs:token\">");
            kind.words().forEach(word -> line(5, "<xs:enumeration value=\"" + word + "\"/>"));
            line(4, "</xs:restriction>");
            line(3, "</xs:simpleType>");
            line(2, "</xs:union>");
        }
        line(1, "</xs:simpleType>");
    }

    private static String typeOf(Parameter<?> parameter) {
        return parameter.occurs() == Occurs.LIST ? "xs:token" : parameter.kind().name();
    }

    private static List<String> describe(Parameter<?> parameter) {
        List<String> lines = new ArrayList<>();
        lines.add(parameter.meaning());
        lines.add("Form: " + parameter.kind().meaning()
                + switch (parameter.occurs()) {
                    case ONCE -> ".";
                    case LIST -> "; several separated by commas or white space, or in several elements.";
                    case REPEATED -> "; several in several elements.";
                });
        if (parameter.required()) {
            lines.add("Required.");
        } else {
            lines.add("Default: " + (parameter.defaultText().isEmpty() ? "none" : parameter.defaultText()) + ".");
        }
        if (!parameter.cmdlet().isEmpty()) {
            lines.add("Exchange: " + parameter.cmdlet() + ".");
        }
        return lines;
    }

    private static String howOften(ElementSpec spec) {
        if (spec.repeatable()) {
            return spec.required() ? " One or more." : " Any number.";
        }
        return spec.required() ? " Required, once." : " At most one.";
    }

    private void documentation(int depth, List<String> lines) {
        line(depth, "<xs:annotation>");
        lines.forEach(documentation -> line(
                depth + 1,
                "<xs:documentation>" + XmlEscapers.xmlContentEscaper().escape(documentation) + "</xs:documentation>"));
        line(depth, "</xs:annotation>");
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }
}
