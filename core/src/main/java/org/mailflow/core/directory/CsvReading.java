package org.mailflow.core.directory;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.config.Problem;

/**
 * What came of reading a recipient file.
 *
 * @param recipients the directory; empty where there is an error
 * @param problems all that is wrong or risky, in the order of the file, but no more than a thousand
 */
public record CsvReading(Optional<CsvRecipients> recipients, List<Problem> problems) {

    /** Copies the problems. */
    public CsvReading {
        problems = List.copyOf(problems);
    }
}
