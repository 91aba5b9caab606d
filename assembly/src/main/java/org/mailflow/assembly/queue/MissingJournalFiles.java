package org.mailflow.assembly.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Explains why a store does not open whose journal lacks a file that mail is in. */
final class MissingJournalFiles {

    private MissingJournalFiles() {}

    /** The failure, with the file's name and what to do; as it is where the store failed otherwise. */
    static IOException explained(Path journal, IOException failure) throws IOException {
        if (!String.valueOf(failure.getMessage()).contains("missing/corrupt journal files")) {
            return failure;
        }
        return new IOException(
                "The journal of the queue in " + journal + " lacks a file with mail in it"
                        + gaps(journal)
                                .mapToObj(number -> "db-" + number + ".log")
                                .collect(Collectors.joining(
                                        ", ", " (by number, of those that may have been done with: ", ")"))
                        + ". Put it back, for example from the back-up, whole and of the same moment as the others; "
                        + "to start without that mail, move db.data, db.redo and db.free away. The store says: "
                        + failure.getMessage(),
                failure);
    }

    private static IntStream gaps(Path journal) throws IOException {
        try (Stream<Path> files = Files.list(journal)) {
            TreeSet<Integer> numbers = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("db-[0-9]{1,9}[.]log"))
                    .map(name -> Integer.valueOf(name.substring("db-".length(), name.length() - ".log".length())))
                    .collect(Collectors.toCollection(TreeSet::new));
            return numbers.isEmpty()
                    ? IntStream.empty()
                    : IntStream.range(1, numbers.last()).filter(number -> !numbers.contains(number));
        }
    }
}
