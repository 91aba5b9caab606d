package org.mailflow.core.config.reading;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.config.settings.OrganizationElements;
import org.mailflow.core.directory.CsvReading;
import org.mailflow.core.directory.CsvRecipients;
import org.mailflow.core.directory.DirectoryAnswer;

/** Reads the element {@code recipients} and the files that it names. */
final class RecipientsReader {

    private final Reading reading;

    RecipientsReader(Reading reading) {
        this.reading = reading;
    }

    /** The files; whatever is wrong in them is noted, and one that cannot be read is unavailable. */
    List<RecipientFile> read(Section section) {
        return section.items(OrganizationElements.RECIPIENTS_FILE).stream()
                .flatMap(file -> read(section, file).stream())
                .toList();
    }

    private Optional<RecipientFile> read(Section section, Section.Item<String> written) {
        Optional<Path> file = ConfiguredFile.existing(section, OrganizationElements.RECIPIENTS_FILE, written, reading);
        return file.isPresent() ? read(file.get()) : Optional.of(unavailable(written.value()));
    }

    private static RecipientFile unavailable(String name) {
        DirectoryAnswer answer = new DirectoryAnswer.Unavailable(name + " cannot be read");
        return new RecipientFile(name, address -> answer, Map.of());
    }

    private Optional<RecipientFile> read(Path file) {
        String name = reading.nameOf(file);
        CsvReading csv = CsvRecipients.read(file, name);
        csv.problems().forEach(reading.problems()::add);
        return csv.recipients().map(recipients -> new RecipientFile(name, recipients, recipients.primaryDomains()));
    }
}
