package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.config.Problems;
import org.mailflow.core.config.environment.EnvironmentFile;
import org.mailflow.core.config.environment.VariableChecks;
import org.mailflow.core.config.settings.OrganizationElements;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.PemFiles;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Every sample of the documentation is read as an administrator would have it read. */
class SamplesInDocsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern SAMPLE = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```");
    private static final List<String> PACKAGES_OF_JAMES =
            List.of("org.apache.james.transport.mailets.", "org.apache.james.transport.matchers.");
    private static final Set<String> ORGANIZATION = Set.copyOf(OrganizationElements.ELEMENT.elementNames());

    /** A sample with the page that it is on. */
    record Sample(String page, String language, String text) {
        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    static List<Sample> xml() throws IOException {
        return samples("xml");
    }

    @Test
    void shouldBeFound() throws IOException {
        assertThat(xml()).hasSizeGreaterThan(20);
        assertThat(samples("properties")).isNotEmpty();
        assertThat(samples("env")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("xml")
    void shouldNameWhatJamesCanLoad(Sample sample) throws Exception {
        Element root = parse(sample);

        for (Element mailet : elements(root, "mailet")) {
            assertThat(mailet.getAttributes().getLength())
                    .as("match and class, and nothing else")
                    .isEqualTo(2);
            assertThat(loads(mailet.getAttribute("class")))
                    .as(mailet.getAttribute("class"))
                    .isTrue();
            String match = mailet.getAttribute("match");
            assertThat(loads(match.split("=", 2)[0])).as(match).isTrue();
        }
        for (Element chain : elements(root, "handlerchain")) {
            assertThat(loads(chain.getAttribute("coreHandlersPackage"))).isTrue();
        }
        for (Element handler : elements(root, "handler")) {
            assertThat(loads(handler.getAttribute("class"))).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("xml")
    void shouldBeReadWithoutErrorWhenOfMailflowXml(Sample sample, @TempDir Path directory) throws Exception {
        Element root = parse(sample);
        boolean ofAnOrganization = elements(root, "*").stream()
                .filter(element -> element.getParentNode() == root)
                .anyMatch(element -> ORGANIZATION.contains(element.getTagName()));
        Files.writeString(
                directory.resolve("mailflow.xml"), skeleton(directory, ofAnOrganization ? sample.text() : ""));

        assertThat(new MailflowXml(directory.resolve("mailflow.xml"), Map.of(), Clock.systemUTC())
                        .read(1)
                        .errors())
                .isEmpty();
    }

    @Test
    void shouldNameClassesThatThereAreWhenProperties() throws IOException {
        for (Sample sample : samples("properties")) {
            Properties properties = new Properties();
            properties.load(new StringReader(sample.text()));

            assertThat(properties).as(sample.toString()).isNotEmpty();
            properties.values().stream()
                    .flatMap(value -> Stream.of(value.toString().split(",")))
                    .filter(value -> value.startsWith("org.mailflow."))
                    .forEach(name -> assertThat(loads(name)).as(name).isTrue());
        }
    }

    @Test
    void shouldSetVariablesThatASampleNamesWhenOfMailflowEnv(@TempDir Path directory) throws IOException {
        for (Sample sample : samples("env")) {
            Files.writeString(directory.resolve(EnvironmentFile.NAME), sample.text());
            Problems problems = new Problems();

            Map<String, String> set = EnvironmentFile.in(directory, problems).under(Map.of());

            assertThat(problems.inOrder()).isEmpty();
            assertThat(VariableChecks.named(Side.ON_PREMISES.configuration()).keySet())
                    .containsAll(set.keySet());
        }
    }

    private static String skeleton(Path directory, String sample) throws IOException {
        CertificateAuthority authority = CertificateAuthority.create("Test authority");
        PemFiles pem = authority.issue("mail.contoso.com").writePem(directory, "own");
        return """
                <mailflow>
                  <server>
                    <fqdn>mail.contoso.com</fqdn>
                    <certificate name="mail.contoso.com">
                      <certificateFile>%s</certificateFile>
                      <privateKeyFile>%s</privateKeyFile>
                    </certificate>
                  </server>
                  <organization name="contoso" premises="onPremises">
                    <acceptedDomain name="contoso.com" type="internalRelay"/>
                    %s
                  </organization>
                </mailflow>
                """
                .formatted(pem.certificates(), pem.key(), sample);
    }

    private static List<Sample> samples(String language) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages = Stream.concat(docs, Stream.of(ROOT.resolve("README.md"), ROOT.resolve("HACKING.md")))
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            for (Path page : pages) {
                Matcher matcher = SAMPLE.matcher(Files.readString(page));
                while (matcher.find()) {
                    if (matcher.group(1).equals(language)) {
                        samples.add(new Sample(ROOT.relativize(page).toString(), language, matcher.group(2)));
                    }
                }
            }
        }
        return samples;
    }

    private static boolean loads(String name) {
        return Stream.concat(Stream.of(name), PACKAGES_OF_JAMES.stream().map(prefix -> prefix + name))
                .anyMatch(candidate -> {
                    try {
                        Class.forName(candidate, false, SamplesInDocsTest.class.getClassLoader());
                        return true;
                    } catch (ClassNotFoundException e) {
                        return false;
                    }
                });
    }

    private static Element parse(Sample sample) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader("<sample>" + sample.text() + "</sample>")))
                .getDocumentElement();
    }

    private static List<Element> elements(Element root, String name) {
        List<Element> elements = new ArrayList<>();
        NodeList nodes = root.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
