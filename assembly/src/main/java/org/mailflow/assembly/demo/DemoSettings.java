package org.mailflow.assembly.demo;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a demo is made of.
 *
 * @param configurations the directory with {@code onpremises} and {@code cloud}
 * @param changes variables of a place's environment that differ, to see a flow fail
 */
record DemoSettings(Path configurations, Map<Place, Map<String, String>> changes) {

    /** Copies the map. */
    DemoSettings {
        changes = Map.copyOf(changes);
    }

    /** The configurations as they are shipped. */
    static DemoSettings shipped(Path configurations) {
        return new DemoSettings(configurations, Map.of());
    }

    /** The changes for a place. */
    Map<String, String> changesFor(Place place) {
        return changes.getOrDefault(place, Map.of());
    }
}
