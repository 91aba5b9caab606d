package org.mailflow.core.mime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts with parts in them that are open at a place of a mail, the outermost first. */
final class OpenParts {

    /** An open part, and where the part around it with the same boundary is open. */
    private record Open(ContentType type, Optional<Integer> samePlace) {}

    private final List<Open> parts = new ArrayList<>();
    /** Where each boundary is open, the innermost place: a line of a deep mail costs no more than one of a flat mail. */
    private final Map<String, Integer> places = new HashMap<>();
    /** How many open parts there are of each length of boundary. */
    private final Map<Integer, Integer> lengths = new HashMap<>();

    private int delimitedByAnything;
    private boolean awaitsMessage;

    /** How many are open. */
    int depth() {
        return parts.size();
    }

    /** A part with parts in it begins. */
    void push(ContentType type) {
        awaitsMessage |= type.message();
        delimitedByAnything += type.isDelimitedByAnything() ? 1 : 0;
        Optional<Integer> samePlace = type.boundary().map(places::get);
        parts.add(new Open(type, samePlace));
        type.boundary().ifPresent(boundary -> {
            places.put(boundary, parts.size());
            lengths.merge(boundary.length(), 1, Integer::sum);
        });
    }

    /** Tells, once, whether the header of a message in the innermost part follows. */
    boolean enterMessage() {
        boolean entered = awaitsMessage;
        awaitsMessage = false;
        return entered;
    }

    /** Whether parts without a type are messages. */
    boolean innerIsDigest() {
        return !parts.isEmpty() && parts.get(parts.size() - 1).type().digest();
    }

    /**
     * Whether a program may take this line, which begins with two hyphens, for a delimiter: the boundary of an open part
     * follows them (RFC 2046, 5.1.1), or programs may differ about the boundary of an open part.
     */
    boolean mayDelimit(String line) {
        return delimitedByAnything > 0
                || lengths.keySet().stream()
                        .anyMatch(length ->
                                line.length() >= length + 2 && places.containsKey(line.substring(2, length + 2)));
    }

    /**
     * Closes the parts that this delimiter closes for every program.
     *
     * @return whether no further part may begin behind it
     */
    boolean closeAt(String line) {
        String delimiter = line.substring(2).stripTrailing();
        Integer place = places.get(delimiter);
        if (place != null) {
            truncate(place);
            return false;
        }
        Optional<Integer> last = delimiter.endsWith("--")
                ? Optional.ofNullable(places.get(delimiter.substring(0, delimiter.length() - 2)))
                : Optional.empty();
        last.ifPresent(closed -> truncate(closed - 1));
        return last.isPresent() && delimitedByAnything == 0;
    }

    private void truncate(int depth) {
        awaitsMessage = false;
        while (parts.size() > depth) {
            Open closed = parts.remove(parts.size() - 1);
            delimitedByAnything -= closed.type().isDelimitedByAnything() ? 1 : 0;
            closed.type().boundary().ifPresent(boundary -> {
                closed.samePlace().ifPresentOrElse(place -> places.put(boundary, place), () -> places.remove(boundary));
                lengths.computeIfPresent(boundary.length(), (length, count) -> count == 1 ? null : count - 1);
            });
        }
    }
}
