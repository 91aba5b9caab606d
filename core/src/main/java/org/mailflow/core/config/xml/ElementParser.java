package org.mailflow.core.config.xml;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.config.Problems;

/** Parses XML into {@link Element}s. It opens nothing but the text it is given: no DOCTYPE, no external entities. */
public final class ElementParser {

    private static final String WHOLE_FILE = "the file";

    private final SourceText source;
    private final StartTags startTags;
    private final Deque<Open> open = new ArrayDeque<>();
    private Optional<Element> root = Optional.empty();

    private ElementParser(SourceText source) {
        this.source = source;
        this.startTags = new StartTags(source.text());
    }

    /** Parses a text; where it is not well-formed, notes one problem and gives nothing. */
    public static Optional<Element> parse(SourceText source, Problems problems) {
        ElementParser parser = new ElementParser(source);
        try {
            return parser.parse(problems);
        } catch (XMLStreamException e) {
            problems.error(
                    source.at(
                            e.getLocation() == null ? 1 : e.getLocation().getLineNumber(),
                            e.getLocation() == null ? 1 : e.getLocation().getColumnNumber()),
                    WHOLE_FILE,
                    "is not well-formed XML: " + messageOf(e),
                    "Mend the tag or character at this place; what follows it could not be read");
            return Optional.empty();
        }
    }

    private Optional<Element> parse(Problems problems) throws XMLStreamException {
        // The JDK's own parser, whatever others are on the class path: their settings differ.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(source.text()));
        String encoding = reader.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8") && !encoding.equalsIgnoreCase("US-ASCII")) {
            problems.error(
                    source.at(0),
                    WHOLE_FILE,
                    "declares the encoding " + encoding,
                    "Save it as UTF-8, and declare encoding=\"UTF-8\" or nothing");
            return Optional.empty();
        }
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(reader);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(reader);
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.DTD -> {
                    int doctype = Math.max(0, source.text().indexOf("<!DOCTYPE"));
                    problems.error(
                            source.at(doctype), WHOLE_FILE, "has a DOCTYPE", "Remove it: entities are not read here");
                    return Optional.empty();
                }
                default -> {
                    // Comments and instructions say nothing.
                }
            }
        }
        return root;
    }

    private void start(XMLStreamReader reader) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            if (reader.getNamespacePrefix(i) == null) {
                attributes.put(XMLConstants.XMLNS_ATTRIBUTE, String.valueOf(reader.getNamespaceURI(i)));
            }
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (!XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(reader.getAttributeNamespace(i))) {
                attributes.put(
                        qualified(reader.getAttributePrefix(i), reader.getAttributeLocalName(i)),
                        reader.getAttributeValue(i));
            }
        }
        open.push(new Open(qualified(reader.getPrefix(), reader.getLocalName()), attributes, startTags.next()));
    }

    private void text(XMLStreamReader reader) {
        if (!open.isEmpty()) {
            open.peek().text.append(reader.getText());
        }
    }

    private void end() {
        Element element = open.pop().close(source);
        if (open.isEmpty()) {
            root = Optional.of(element);
        } else {
            open.peek().children.add(element);
        }
    }

    private static String qualified(@Nullable String prefix, String name) {
        return prefix == null || prefix.isEmpty() ? name : prefix + ":" + name;
    }

    /** The parser puts place and message into one text of several lines. */
    private static String messageOf(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int start = message.indexOf("Message: ");
        return (start < 0 ? message : message.substring(start + "Message: ".length()))
                .replaceAll("\\s+", " ")
                .replaceAll("[.]$", "");
    }

    /** An element whose end tag is still to come. */
    private static final class Open {

        private final String name;
        private final Map<String, String> attributes;
        private final int offset;
        private final List<Element> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Open(String name, Map<String, String> attributes, int offset) {
            this.name = name;
            this.attributes = attributes;
            this.offset = offset;
        }

        Element close(SourceText source) {
            return new Element(name, attributes, children, text.toString().strip(), source, offset);
        }
    }
}
