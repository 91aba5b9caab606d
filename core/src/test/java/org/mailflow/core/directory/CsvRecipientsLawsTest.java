package org.mailflow.core.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.mailflow.core.address.EmailAddress;

class CsvRecipientsLawsTest {

    private static Path file = Path.of("");

    @BeforeContainer
    static void create() throws IOException {
        file = Files.createTempFile("recipients", ".csv");
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 150)
    void answersAsAMapOfAllAddressesWould(
            @ForAll("recipientLists") List<Recipient> recipients, @ForAll("addressLists") List<EmailAddress> questions)
            throws IOException {
        Map<String, Recipient> oracle = new HashMap<>();
        List<Recipient> distinct = new ArrayList<>();
        for (Recipient recipient : recipients) {
            if (addresses(recipient).map(EmailAddress::key).noneMatch(oracle::containsKey)) {
                addresses(recipient).forEach(address -> oracle.put(address.key(), recipient));
                distinct.add(recipient);
            }
        }
        Files.writeString(file, csv(distinct));

        CsvRecipients table =
                CsvRecipients.read(file, "recipients.csv").recipients().orElseThrow();

        assertThat(table.size()).isEqualTo(distinct.size());
        Stream.concat(questions.stream(), distinct.stream().flatMap(CsvRecipientsLawsTest::addresses))
                .flatMap(address -> Stream.of(address, upperCase(address)))
                .forEach(address -> assertThat(table.find(address))
                        .isEqualTo(Optional.ofNullable(oracle.get(address.key()))
                                .<DirectoryAnswer>map(DirectoryAnswer.Found::new)
                                .orElse(new DirectoryAnswer.NotFound())));
    }

    @Property(tries = 150)
    void refusesAnAddressInTwoRowsAndNoOther(@ForAll("recipientLists") List<Recipient> recipients) throws IOException {
        Set<String> seen = new HashSet<>();
        Set<Integer> expected = new HashSet<>();
        for (int i = 0; i < recipients.size(); i++) {
            Set<String> keys = new HashSet<>(
                    addresses(recipients.get(i)).map(EmailAddress::key).toList());
            if (keys.stream().anyMatch(seen::contains)) {
                expected.add(i + 2);
            }
            seen.addAll(keys);
        }
        Files.writeString(file, csv(recipients));

        CsvReading reading = CsvRecipients.read(file, "recipients.csv");

        assertThat(reading.problems().stream()
                        .filter(problem -> problem.isError())
                        .map(problem -> problem.location().line()))
                .containsAll(expected)
                .allMatch(expected::contains);
        assertThat(reading.recipients().isEmpty()).isEqualTo(!expected.isEmpty());
    }

    private static Stream<EmailAddress> addresses(Recipient recipient) {
        return Stream.concat(
                Stream.of(recipient.primaryAddress()),
                Stream.concat(recipient.targetAddress().stream(), recipient.proxyAddresses().stream()));
    }

    private static EmailAddress upperCase(EmailAddress address) {
        return new EmailAddress(address.localPart().toUpperCase(Locale.ROOT), address.domain());
    }

    private static String csv(List<Recipient> recipients) {
        StringBuilder text = new StringBuilder("primaryAddress,targetAddress,proxyAddresses\n");
        for (Recipient recipient : recipients) {
            text.append(recipient.primaryAddress())
                    .append(',')
                    .append(recipient
                            .targetAddress()
                            .map(EmailAddress::toString)
                            .orElse(""))
                    .append(',')
                    .append(String.join(
                            ";",
                            recipient.proxyAddresses().stream()
                                    .map(EmailAddress::toString)
                                    .toList()))
                    .append('\n');
        }
        return text.toString();
    }

    @Provide
    Arbitrary<EmailAddress> addresses() {
        Arbitrary<String> local =
                Arbitraries.strings().withChars("abAB").ofMinLength(1).ofMaxLength(6);
        Arbitrary<String> domain = Arbitraries.of("contoso.com", "sales.contoso.com", "contoso.mail.onmicrosoft.com");
        return Combinators.combine(local, domain).as((one, two) -> EmailAddress.parse(one + "@" + two));
    }

    @Provide
    Arbitrary<List<EmailAddress>> addressLists() {
        return addresses().list().ofMaxSize(30);
    }

    /** Each address once in its recipient, as the table gives it back. */
    @Provide
    Arbitrary<List<Recipient>> recipientLists() {
        return addresses()
                .set()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(ArrayList::new)
                .map(all -> new Recipient(
                        all.get(0),
                        all.size() % 2 == 0 ? Optional.of(all.get(1)) : Optional.empty(),
                        all.subList(all.size() % 2 == 0 ? 2 : 1, all.size())))
                .list()
                .ofMaxSize(40);
    }
}
