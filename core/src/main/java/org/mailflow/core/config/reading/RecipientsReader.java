package org.mailflow.core.config.reading;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.config.settings.OrganizationElements;
import org.mailflow.core.directory.CsvReading;
import org.mailflow.core.directory.CsvRecipients;

/** Reads the element {@code recipients} and the files that it names. */
final class RecipientsReader {

    private final Reading reading;

    RecipientsReader(Reading reading) {
        this.reading = reading;
    }

    /** The files that could be read; whatever is wrong in the others is noted. */
    List<RecipientFile> read(Section section) {
        return section.items(OrganizationElements.RECIPIENTS_FILE).stream()
                .flatMap(file ->
                        ConfiguredFile.existing(section, OrganizationElements.RECIPIENTS_FILE, file, reading).stream())
                .flatMap(file -> read(file).stream())
                .toList();
    }

    private Optional<RecipientFile> read(Path file) {
        String name = reading.nameOf(file);
        CsvReading csv = CsvRecipients.read(file, name);
        csv.problems().forEach(reading.problems()::add);
        return csv.recipients().map(recipients -> new RecipientFile(name, recipients, recipients.primaryDomains()));
    }
}
