package org.mailflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailLog;

/**
 * The mails of a log.
 *
 * @param shown the last ones that were sought, in the order in which something last happened to them
 * @param more whether there were others before them
 */
record Trails(List<Trail> shown, boolean more) {

    Trails {
        shown = List.copyOf(shown);
    }

    /**
     * Reads the last mails of which an event is sought. A log may be longer than memory: it is read twice, first to find
     * those mails and then to collect them.
     *
     * @param logs in the order in which they were written
     * @throws IOException where a log cannot be read
     */
    static Trails read(List<Path> logs, Predicate<MailEvent> sought, int last) throws IOException {
        Finder finder = new Finder(sought, last);
        forEach(logs, finder);
        Collector collector = new Collector(finder.families);
        forEach(logs, collector);
        return new Trails(
                collector.events.values().stream()
                        .filter(events -> !events.isEmpty())
                        .map(Trail::of)
                        .toList(),
                finder.more);
    }

    private static void forEach(List<Path> logs, Consumer<MailEvent> reader) throws IOException {
        for (Path log : logs) {
            MailLog.read(log, reader);
        }
    }

    private static final class Finder implements Consumer<MailEvent> {

        private final Predicate<MailEvent> sought;
        private final int last;
        private final Kinship kinship = new Kinship();
        private final Set<String> families = new LinkedHashSet<>();
        private boolean more;

        Finder(Predicate<MailEvent> sought, int last) {
            this.sought = sought;
            this.last = last;
        }

        @Override
        public void accept(MailEvent event) {
            String family = kinship.familyOf(event);
            if (!sought.test(event)) {
                return;
            }
            families.remove(family);
            families.add(family);
            if (families.size() > last) {
                families.remove(families.iterator().next());
                more = true;
            }
        }
    }

    private static final class Collector implements Consumer<MailEvent> {

        private final Kinship kinship = new Kinship();
        private final Map<String, List<MailEvent>> events = new LinkedHashMap<>();

        Collector(Set<String> families) {
            families.forEach(family -> events.put(family, new ArrayList<>()));
        }

        @Override
        public void accept(MailEvent event) {
            List<MailEvent> ofFamily = events.get(kinship.familyOf(event));
            if (ofFamily != null) {
                ofFamily.add(event);
            }
        }
    }
}
