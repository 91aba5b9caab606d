package org.mailflow.core.directory;

import java.time.Duration;
import java.util.Optional;

/**
 * What one source said of an address.
 *
 * @param source the source, as an administrator knows it: {@code file recipients.csv}, {@code ldap corp}
 * @param answer what it said
 * @param age how long ago it said so, where the answer was kept; empty where the source was asked just now
 * @param standsInFor why the source cannot be asked now, where an older answer stands in for it
 */
public record SourceAnswer(
        String source, DirectoryAnswer answer, Optional<Duration> age, Optional<String> standsInFor) {

    /** An answer of just now. */
    public static SourceAnswer fresh(String source, DirectoryAnswer answer) {
        return new SourceAnswer(source, answer, Optional.empty(), Optional.empty());
    }
}
