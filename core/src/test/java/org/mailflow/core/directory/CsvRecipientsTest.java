package org.mailflow.core.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Problem;

class CsvRecipientsTest {

    private static final String NAME = "recipients.csv";
    private static final String HEADER = "primaryAddress,targetAddress,proxyAddresses\n";

    @TempDir
    private Path directory = Path.of("");

    private CsvReading read(String text, Charset charset) throws IOException {
        return CsvRecipients.read(Files.writeString(directory.resolve(NAME), text, charset), NAME);
    }

    private CsvReading read(String text) throws IOException {
        return read(text, StandardCharsets.UTF_8);
    }

    private CsvRecipients accepted(String text) throws IOException {
        CsvReading reading = read(text);
        assertThat(reading.problems()).isEmpty();
        return reading.recipients().orElseThrow();
    }

    private List<String> problems(String text) throws IOException {
        CsvReading reading = read(text);
        assertThat(reading.recipients()).isEmpty();
        return reading.problems().stream().map(Problem::toString).toList();
    }

    private static Recipient recipient(String primary, String target, String... proxies) {
        return new Recipient(
                EmailAddress.parse(primary),
                Optional.of(target).filter(text -> !text.isEmpty()).map(EmailAddress::parse),
                Arrays.stream(proxies).map(EmailAddress::parse).toList());
    }

    private static DirectoryAnswer find(RecipientDirectory directory, String address) {
        return directory.find(EmailAddress.parse(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "david@contoso.com",
                "DAVID@Contoso.Com",
                "David@CONTOSO.mail.onmicrosoft.com",
                "dave@contoso.com",
                "d.smith@fabrikam.com",
            })
    void findsARecipientByEachOfItsAddressesInAnyCase(String address) throws IOException {
        CsvRecipients recipients = accepted(HEADER
                + "chris@contoso.com,,\n"
                + "David@contoso.com,david@contoso.mail.onmicrosoft.com,dave@contoso.com D.Smith@fabrikam.com\n");

        assertThat(find(recipients, address))
                .isEqualTo(new DirectoryAnswer.Found(recipient(
                        "David@contoso.com",
                        "david@contoso.mail.onmicrosoft.com",
                        "dave@contoso.com",
                        "D.Smith@fabrikam.com")));
        assertThat(recipients.size()).isEqualTo(2);
    }

    @Test
    void keepsTheCaseOfTheLocalPart() throws IOException {
        CsvRecipients recipients = accepted(HEADER + "David@contoso.com,dAVID@cloud.contoso.com,\n");

        assertThat(find(recipients, "david@contoso.com")).isInstanceOfSatisfying(DirectoryAnswer.Found.class, found -> {
            assertThat(found.recipient().primaryAddress()).hasToString("David@contoso.com");
            assertThat(found.recipient().targetAddress())
                    .hasValueSatisfying(target -> assertThat(target).hasToString("dAVID@cloud.contoso.com"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chri@contoso.com",
                "chriss@contoso.com",
                "chris@contoso.org",
                "chris@fabrikam.com",
                "x@contoso.com"
            })
    void doesNotFindAnAddressThatIsNobodys(String address) throws IOException {
        CsvRecipients recipients = accepted(HEADER + "chris@contoso.com,,\nann@fabrikam.com,,\n");

        assertThat(find(recipients, address)).isEqualTo(new DirectoryAnswer.NotFound());
    }

    @Test
    void readsWhatExchangeExports() throws IOException {
        CsvRecipients recipients = accepted("\uFEFF\"primaryAddress\",\"targetAddress\",\"proxyAddresses\"\r\n"
                + "\"david@contoso.com\",\"SMTP:david@contoso.mail.onmicrosoft.com\",\"X500:/o=Contoso Ltd/ou=Exchange"
                + " Group; (x)/cn=david smtp:dave@contoso.com;SMTP:david@contoso.com;"
                + "smtp:david@contoso.mail.onmicrosoft.com;SIP:sip.david@contoso.com;X400:C=US;A= ;P=Contoso;S=Smith;"
                + "EUM:1234;phone-context=x;smtp:d@contoso.com;plain@contoso.com\"\r\n");

        assertThat(find(recipients, "d@contoso.com"))
                .isEqualTo(new DirectoryAnswer.Found(recipient(
                        "david@contoso.com",
                        "david@contoso.mail.onmicrosoft.com",
                        "dave@contoso.com",
                        "d@contoso.com",
                        "plain@contoso.com")));
        assertThat(find(recipients, "sip.david@contoso.com")).isEqualTo(new DirectoryAnswer.NotFound());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "primaryAddress\nchris@contoso.com",
                "primaryAddress\r\nchris@contoso.com\r\n\r\n",
                "\n\nprimaryAddress\n\nchris@contoso.com\n",
                "PRIMARYADDRESS, targetaddress \nchris@contoso.com,\n",
                "proxyAddresses,primaryAddress\n,chris@contoso.com\n",
                "targetAddress,primaryAddress\n ,  chris@contoso.com \n",
                "primaryAddress\n\"chris@contoso.com\"\n",
                "primaryAddress\nSMTP:chris@contoso.com\n",
                "primaryAddress,proxyAddresses\nchris@contoso.com,\" ;; smtp:chris@contoso.com ; \"\n",
            })
    void takesFilesThatMeanTheSame(String text) throws IOException {
        CsvRecipients recipients = accepted(text);

        assertThat(find(recipients, "chris@contoso.com"))
                .isEqualTo(new DirectoryAnswer.Found(recipient("chris@contoso.com", "")));
        assertThat(recipients.size()).isEqualTo(1);
    }

    @Test
    void takesQuotedLocalPartsAndLongRows() throws IOException {
        String proxies = String.join(
                ";",
                IntStream.range(0, 5000)
                        .mapToObj(i -> "alias.number." + i + "@contoso.com")
                        .toList());
        CsvRecipients recipients = accepted(
                HEADER + "a@contoso.com,,\n\"\"\"john doe\"\"@contoso.com\",," + proxies + "\nb@contoso.com,,\n");

        assertThat(find(recipients, "\"John Doe\"@contoso.com"))
                .isEqualTo(find(recipients, "alias.number.4999@contoso.com"));
        assertThat(find(recipients, "a@contoso.com")).isInstanceOf(DirectoryAnswer.Found.class);
        assertThat(find(recipients, "b@contoso.com")).isInstanceOf(DirectoryAnswer.Found.class);
    }

    @Test
    void reportsEveryMistakeWithItsPlaceAtOnce() throws IOException {
        String text = HEADER
                + "chris@contoso.com,,\n"
                + ",,ann@contoso.com\n"
                + "ann@contoso,,bob@contoso.com;carl.contoso.com;dora@contoso.com\n"
                + "emil@contoso.com,\n"
                + "frank@contoso.com,,x@contoso.com,y@contoso.com\n"
                + "gina@contoso.com,gina@@cloud,\n"
                + "\"hans@contoso.com\",\"\",\"X500:/o=x hans.m@contoso.com\"\n"
                + "ida@contoso.com,Chris@Contoso.com,\n"
                + "jan@contoso.com,,smtp:frank@contoso.com CHRIS@contoso.com\n";

        assertThat(problems(text))
                .containsExactly(
                        "recipients.csv:3:1: error: primaryAddress: the address is missing. Add it, or take the row out",
                        "recipients.csv:4:30: error: proxyAddresses: 'carl.contoso.com' is not an address: "
                                + "write it like chris@contoso.com. Mend the address or take it out",
                        "recipients.csv:5:1: error: recipients: the row has 2 fields, the header has 3. Separate fields by"
                                + " one comma each, and several proxyAddresses by blanks or semicolons",
                        "recipients.csv:6:1: error: recipients: the row has 4 fields, the header has 3. Separate fields by"
                                + " one comma each, and several proxyAddresses by blanks or semicolons",
                        "recipients.csv:7:18: error: targetAddress: 'gina@' is not a local part of an address: "
                                + "write the address like chris@contoso.com. Mend the address or take it out",
                        "recipients.csv:8:34: error: proxyAddresses: 'hans.m@contoso.com' could be an address or the end"
                                + " of the one before it. Write a semicolon or smtp: before it",
                        "recipients.csv:9:1: error: targetAddress: Chris@contoso.com belongs to the recipient of line 2"
                                + " already. Leave the address with one of them",
                        "recipients.csv:10:1: error: proxyAddresses: CHRIS@contoso.com belongs to the recipient of line 2"
                                + " already. Leave the address with one of them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            nullValues = "null",
            value = {
                "'' | 1:1: error: recipients: the file is empty. Begin the file with the line",
                "'primaryAddress,mail~' | 1:16: error: header: 'mail' is not a column of a recipient file. Begin the file",
                "'primaryAddress;targetAddress~' | 1:1: error: header: 'primaryAddress;targetAddress' is not a column of a"
                        + " recipient file. Separate columns by commas, not semicolons",
                "'#TYPE Selected~primaryAddress~' | 1:1: error: header: '#TYPE Selected' is not a column of a recipient"
                        + " file. Export with Export-Csv -NoTypeInformation",
                "'targetAddress~' | 1:1: error: primaryAddress: the column is missing. Begin the file with the line",
                "'primaryAddress,primaryaddress~' | 1:16: error: primaryAddress: the column is there twice. Take one",
                "'chris@contoso.com,,~' | 1:1: error: header: 'chris@contoso.com' is not a column of a recipient file.",
                "'primaryAddress~a@contoso.com~\"b@contoso.com' | 3:1: error: recipients: a quoted field of the row is not"
                        + " closed. Close it; is the file cut off?",
                "'primaryAddress~a@contoso.com~\"b@contoso.com\"x~' | 3:1: error: recipients: the row cannot be read, nor"
                        + " what follows it (Unexpected character after closing quote: ''x'' (0x78)). Quote a field",
                "'primaryAddress~\"a@contoso.com~b@contoso.com\"~' | 2:2: error: primaryAddress: ''a@contoso.com~b'' is not",
            })
    void saysWhatIsWrongWithTheFormOfTheFile(String text, String problem) throws IOException {
        String expected = NAME + ":" + problem.replace("''", "'");

        assertThat(problems(text.replace('~', '\n')))
                .anySatisfy(found -> assertThat(found.replace('\n', '~')).startsWith(expected));
    }

    @Test
    void doesNotTakeAQuoteInsideAFieldForAnOpenOne() throws IOException {
        assertThat(problems("primaryAddress,targetAddress\na\"b@contoso.com,\nc@contoso.com,\"x@y.com\"\n"))
                .singleElement()
                .asString()
                .startsWith("recipients.csv:2:1: error: primaryAddress: 'a\"b' is not a local part");
    }

    @Test
    void asksForUtf8WhereTheFileIsNot() throws IOException {
        CsvReading latin1 = read("primaryAddress\njürgen@contoso.com\n", StandardCharsets.ISO_8859_1);
        CsvReading utf16 = read("\uFEFFprimaryAddress\n", StandardCharsets.UTF_16LE);

        assertThat(latin1.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.location()).hasToString("recipients.csv:2:1"))
                .satisfies(problem -> assertThat(problem.remedy()).startsWith("Save the file as UTF-8"));
        assertThat(utf16.problems()).singleElement().satisfies(problem -> assertThat(problem.remedy())
                .startsWith("Save the file as UTF-8"));
    }

    @Test
    void refusesAFileThatIsNotThereOrIsNoFile() {
        assertThat(CsvRecipients.read(directory.resolve("absent.csv"), "absent.csv")
                        .problems())
                .extracting(Problem::toString)
                .containsExactly("absent.csv:1:1: error: recipients: the file is not there. "
                        + "Make it, or correct its name in the configuration");
        assertThat(CsvRecipients.read(directory, NAME)).satisfies(reading -> {
            assertThat(reading.recipients()).isEmpty();
            assertThat(reading.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                    .startsWith("the file cannot be read"));
        });
    }

    @Test
    void warnsOfAFileWithoutRecipients() throws IOException {
        CsvReading reading = read(HEADER);

        assertThat(reading.recipients())
                .hasValueSatisfying(recipients ->
                        assertThat(find(recipients, "chris@contoso.com")).isEqualTo(new DirectoryAnswer.NotFound()));
        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isFalse();
            assertThat(problem.message()).isEqualTo("no recipient is in the file");
        });
    }

    @Test
    void endsTheListOfProblemsAfterAThousand() throws IOException {
        assertThat(problems("primaryAddress\n" + "nobody\n".repeat(1500)))
                .hasSize(1001)
                .last()
                .asString()
                .isEqualTo("recipients.csv:1001:1: error: recipients: 500 more errors are not shown. "
                        + "Mend these first, then check again");
    }

    @Test
    void refusesAFieldWithoutEnd() throws IOException {
        assertThat(problems("primaryAddress\n\"" + "x".repeat(3_000_000)))
                .singleElement()
                .asString()
                .startsWith("recipients.csv:2:1: error: recipients: the row cannot be read, nor what follows it");
    }
}
