package org.mailflow.core.config.xml;

import java.util.List;
import java.util.Map;
import org.mailflow.core.config.Location;

/**
 * An element as it is written, without any knowledge of what it should be.
 *
 * @param name its name
 * @param attributes values by name, those of the namespace of schemas left out
 * @param children its elements, in order
 * @param text its character data, trimmed; comments are left out
 * @param source the text that it is part of
 * @param offset where its start tag begins
 */
public record Element(
        String name,
        Map<String, String> attributes,
        List<Element> children,
        String text,
        SourceText source,
        int offset) {

    /** Copies the collections. */
    public Element {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** Where its start tag begins. */
    public Location location() {
        return source.at(offset);
    }

    /** Where a word of its text stands; where its start tag begins, if the word is not written there literally. */
    public Location locationOf(String word) {
        int end = source.text().indexOf("</" + name, offset);
        int found = source.text().indexOf(word, offset + name.length() + 1);
        return found < 0 || found >= end ? location() : source.at(found);
    }
}
