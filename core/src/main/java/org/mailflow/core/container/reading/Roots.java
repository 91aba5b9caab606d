package org.mailflow.core.container.reading;

import java.util.Optional;
import org.mailflow.core.config.reading.Reading;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.xml.Element;

/** Opens the root of a file. */
final class Roots {

    private Roots() {}

    /** Gives nothing where the root is another, which is noted. */
    static Optional<Section> open(Element root, ElementSpec spec, Reading reading) {
        if (root.name().equals(spec.name())) {
            return Optional.of(Section.open(root, spec, reading, spec.name()));
        }
        reading.problems()
                .error(
                        root.location(),
                        root.name(),
                        "is not the root of this file",
                        "The root is <" + spec.name() + ">");
        return Optional.empty();
    }
}
