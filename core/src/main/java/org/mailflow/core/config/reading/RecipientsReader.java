package org.mailflow.core.config.reading;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.settings.LdapElements;
import org.mailflow.core.config.settings.OrganizationElements;
import org.mailflow.core.directory.CsvReading;
import org.mailflow.core.directory.CsvRecipients;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.RecipientSource;

/** Reads the element {@code recipients} and the files that it names. */
final class RecipientsReader {

    /** A source and where it stands, which tells when it is asked. */
    private record Placed(SourceDraft source, Location place) {}

    private final Reading reading;
    private final LdapReader ldapReader;

    RecipientsReader(Reading reading, Set<X509Certificate> trusted) {
        this.reading = reading;
        this.ldapReader = new LdapReader(reading, trusted);
    }

    /** The sources as they are written; whatever is wrong in them is noted, and a file that cannot be read is unavailable. */
    List<SourceDraft> read(String organization, Section section) {
        List<Placed> sources = new ArrayList<>();
        for (Section.Item<String> file : section.items(OrganizationElements.RECIPIENTS_FILE)) {
            read(section, file).ifPresent(read -> sources.add(new Placed(read, file.location())));
        }
        for (Section ldap : section.children(LdapElements.ELEMENT)) {
            sources.add(placed(ldapReader.read(organization, ldap), ldap));
        }
        for (Section users : section.children(OrganizationElements.JAMES_USERS)) {
            sources.add(placed(new RecipientSource.JamesUsers(users.location()), users));
        }
        if (sources.isEmpty() && !section.has(OrganizationElements.RECIPIENTS_FILE)) {
            section.error("names no source of recipients", "Add a <file>, an <ldap> or <jamesUsers/>");
        }
        return sources.stream()
                .sorted(Comparator.comparing(Placed::place))
                .map(Placed::source)
                .toList();
    }

    private static Placed placed(RecipientSource source, Section section) {
        return new Placed(new SourceDraft.Asked(source, section), section.location());
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
