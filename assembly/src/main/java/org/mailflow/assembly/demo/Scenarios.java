package org.mailflow.assembly.demo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that the demo can show: the six flows, and failures that are made on purpose. */
final class Scenarios {

    /** All, in the order in which they are played. */
    static final List<Scenario> ALL = Stream.concat(
                    DemoFlow.ALL.stream().map(FlowScenario::new),
                    Stream.of(new StrippedTls(), new ForgedHeader(), new ConfiguredLoop()))
            .toList();

    private Scenarios() {}

    /** The scenario of this name, whatever its case. */
    static Optional<Scenario> named(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        return ALL.stream().filter(scenario -> scenario.name().equals(wanted)).findFirst();
    }

    /** The names, for a sentence. */
    static String names() {
        List<String> names = ALL.stream().map(Scenario::name).toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }
}
