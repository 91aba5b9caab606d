package org.mailflow.assembly.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.james.mailrepository.jpa.JPAMailRepository;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    private static final MailRepositoryUrl ERROR = MailRepositoryUrl.from("jpa://error");
    /** The kernel's flag of a file whose writes return when they are on disk. */
    private static final int O_DSYNC = 0x1000;

    private Path directory;
    private EmbeddedDatabase database;

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        directory = temporary;
        database = EmbeddedDatabase.open(directory);
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    void putsAsideAMailThatExceedsTheLengthsThatJamesDeclares() throws Exception {
        List<String> recipients = IntStream.range(0, 500)
                .mapToObj(i -> "recipient-number-" + i + "@contoso.example")
                .toList();
        MailImpl mail = mail("m".repeat(250), recipients);
        mail.setRemoteAddr("2001:0db8:85a3:0000:0000:8a2e:0370:7334");
        mail.setErrorMessage("e".repeat(5_000));
        mail.setState("a-processor-with-a-name-of-more-than-thirty-characters");

        MailKey key = repository().store(mail);

        Mail read = repository().retrieve(key);
        assertThat(read.getRecipients()).hasSize(500);
        assertThat(read.getRemoteAddr()).isEqualTo("2001:0db8:85a3:0000:0000:8a2e:0370:7334");
        assertThat(read.getErrorMessage()).hasSize(5_000);
    }

    @Test
    void listsAfterARestartWhatWasStoredBefore() throws Exception {
        MailKey key = repository().store(mail("kept", List.of("ann@contoso.example")));
        database.close();

        database = EmbeddedDatabase.open(directory);

        Iterator<MailKey> listed = repository().list();
        assertThat(listed).toIterable().containsExactly(key);
        assertThat(repository().retrieve(key).getMessage().getSubject()).isEqualTo("kept");
    }

    @Test
    void writesItsFileSynchronously() throws Exception {
        Path file = directory.resolve("mailflow.mv.db").toRealPath();
        List<Path> descriptors;
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            descriptors = all.filter(descriptor -> refersTo(descriptor, file)).toList();
        }

        assertThat(descriptors).isNotEmpty().allSatisfy(descriptor -> assertThat(flags(descriptor) & O_DSYNC)
                .isEqualTo(O_DSYNC));
    }

    @Test
    void survivesTheInterruptionOfAThreadThatUsesIt() throws Exception {
        Thread.currentThread().interrupt();
        try {
            repository().store(mail("interrupted", List.of("ann@contoso.example")));
        } catch (MessagingException refused) {
            // The one mail may fail; the database must not.
        }
        Thread.interrupted();

        MailKey key = repository().store(mail("next", List.of("ann@contoso.example")));

        assertThat(repository().retrieve(key).getName()).isEqualTo("next");
    }

    private static boolean refersTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static int flags(Path descriptor) throws IOException {
        return Files.readAllLines(
                        Path.of("/proc/self/fdinfo", descriptor.getFileName().toString()))
                .stream()
                .filter(line -> line.startsWith("flags:"))
                .map(line -> Integer.parseInt(line.substring("flags:".length()).strip(), 8))
                .findFirst()
                .orElseThrow();
    }

    private JPAMailRepository repository() throws Exception {
        return new JPAMailRepository(database.entityManagers(), ERROR);
    }

    private static MailImpl mail(String name, List<String> recipients) throws MessagingException {
        return MailImpl.builder()
                .name(name)
                .sender("bob@fabrikam.example")
                .addRecipients(recipients.toArray(String[]::new))
                .mimeMessage(
                        MimeMessageBuilder.mimeMessageBuilder().setSubject(name).setText("text"))
                .build();
    }
}
