package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.RecipientLocation;
import org.mailflow.core.decision.RecipientResolver;
import org.mailflow.core.model.Mailflow;
import org.xml.sax.SAXException;

/** The configurations in {@code conf/} load as they stand, and the schema knows them. */
class ShippedConfigurationsTest {

    private static final Path CONF = Path.of("..", "conf");

    private static final Pattern COMMENT = Pattern.compile("<!--(.*?)-->", Pattern.DOTALL);
    /** What begins in a line of its own, up to the end of the last element. */
    private static final Pattern SAMPLE = Pattern.compile("(?<=\n)\\s*<[a-zA-Z].*>", Pattern.DOTALL);

    private final Path folder;

    ShippedConfigurationsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"onpremises", "cloud", "extension"})
    void loadsWithoutAnyProblem(String name) throws IOException {
        Configuration configuration = read(name);

        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.mailflow()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"onpremises", "cloud", "extension"})
    void isAsTheSchemaSays(String name) throws IOException, SAXException {
        Validator schema = schema();

        schema.validate(
                new StreamSource(CONF.resolve(name).resolve("mailflow.xml").toFile()));
    }

    /** Whoever takes the comment away around a sample has a configuration that loads. */
    @ParameterizedTest
    @ValueSource(strings = {"onpremises", "cloud", "extension"})
    void hasNoSampleInACommentThatWouldNotLoad(String name) throws IOException, SAXException {
        Matcher comment = COMMENT.matcher(Files.readString(CONF.resolve(name).resolve("mailflow.xml")));
        StringBuilder uncommented = new StringBuilder();
        int samples = 0;
        while (comment.find()) {
            Matcher sample = SAMPLE.matcher(comment.group(1));
            String written = sample.find() ? sample.group() : "";
            samples += written.isEmpty() ? 0 : 1;
            comment.appendReplacement(uncommented, Matcher.quoteReplacement(written));
        }
        comment.appendTail(uncommented);
        ConfigurationFolder files = ConfigurationFolder.in(folder).with(CONF.resolve(name));
        for (String file : List.of("ldap.password", "relay.password", "secret")) {
            Path secret = Files.writeString(folder.resolve(file), "a secret of thirty-two characters or more");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        }

        Configuration configuration = files.read(uncommented.toString());

        assertThat(samples).isPositive();
        assertThat(configuration.problems()).isEmpty();
        schema().validate(new StreamSource(new StringReader(uncommented.toString())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<mailflow><servers/></mailflow>",
                "<mailflow><organization premises=\"cloud\"/></mailflow>",
                "<mailflow><organization name=\"contoso\" premises=\"moon\"/></mailflow>",
                "<mailflow><organization name=\"a\" premises=\"cloud\"><rejectDirectSend>1</rejectDirectSend>"
                        + "</organization></mailflow>",
            })
    void schemaRefusesWhatTheReaderRefuses(String text) throws IOException, SAXException {
        Validator schema = schema();

        assertThatThrownBy(() -> schema.validate(new StreamSource(new StringReader(text))))
                .isInstanceOf(SAXException.class);
        assertThat(ConfigurationFolder.in(folder).read(text).mailflow()).isEmpty();
    }

    @Test
    void knowsWhereChrisAndDavidHaveTheirMailboxes() throws IOException {
        Mailflow onPremises = read("onpremises").mailflow().orElseThrow();

        assertThat(locate(onPremises, "chris@contoso.com"))
                .isEqualTo(new RecipientLocation.MailboxHere(EmailAddress.parse("chris@contoso.com")));
        assertThat(locate(onPremises, "david@contoso.com"))
                .isEqualTo(
                        new RecipientLocation.OtherPremises(EmailAddress.parse("david@contoso.mail.onmicrosoft.com")));
    }

    @Test
    void knowsItOfTheCloudSideToo() throws IOException {
        Mailflow cloud = read("cloud").mailflow().orElseThrow();

        assertThat(locate(cloud, "david@contoso.mail.onmicrosoft.com"))
                .isEqualTo(new RecipientLocation.MailboxHere(EmailAddress.parse("david@contoso.com")));
        assertThat(locate(cloud, "chris@contoso.com"))
                .isEqualTo(new RecipientLocation.OtherPremises(EmailAddress.parse("chris@contoso.com")));
    }

    private static RecipientLocation locate(Mailflow mailflow, String address) {
        return RecipientResolver.resolveRecipient(mailflow, EmailAddress.parse(address))
                .location();
    }

    private Configuration read(String name) throws IOException {
        return ConfigurationFolder.in(folder).with(CONF.resolve(name)).read("mailflow.xml", Map.of());
    }

    private static Validator schema() throws SAXException {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        return factory.newSchema(CONF.resolve("mailflow.xsd").toFile()).newValidator();
    }
}
