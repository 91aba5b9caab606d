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
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.container.JamesFiles;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.tls.CertificateAuthority;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The shipped configurations, as they stand. */
class ConfigurationsTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test authority");

    static List<Path> shipped() throws IOException {
        try (Stream<Path> folders = Files.list(Side.shipped())) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void areThree() throws IOException {
        assertThat(shipped().stream().map(folder -> folder.getFileName().toString()))
                .containsExactly("cloud", "extension", "onpremises");
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void haveNothingToBeWarnedOf(Path folder, @TempDir Path directory) throws Exception {
        Side side = folder.endsWith("cloud") ? Side.CLOUD : Side.ON_PREMISES;
        Map<String, String> variables;
        try (LoopbackDns dns = LoopbackDns.start()) {
            variables = Environment.of(side, directory, AUTHORITY, dns).variables();
        }

        Configuration read = new MailflowXml(folder.resolve("mailflow.xml"), variables, Clock.systemUTC()).read(1);

        assertThat(read.problems()).isEmpty();
        assertThat(read.mailflow()).isPresent();
        assertThat(JamesFiles.read(folder, variables, Map.of(), JamesFiles.kindOf(folder))
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void followTheSchema(Path folder) throws Exception {
        Validator validator = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Side.shipped().resolve("mailflow.xsd").toFile())
                .newValidator();

        // Variables stand where numbers must: their defaults are what an administrator has before him.
        String text = Files.readString(folder.resolve("mailflow.xml")).replaceAll("\\$\\{env:\\w+:-([^}]*)}", "$1");
        validator.validate(new StreamSource(new StringReader(text)));
    }

    /** What James reads as something else than it says makes open relays, or loses mail. */
    @ParameterizedTest
    @MethodSource("shipped")
    void sayWhatJamesReads(Path folder) throws Exception {
        Document container = parse(folder.resolve("mailetcontainer.xml"));

        for (Element mailet : elements(container, "mailet")) {
            assertThat(attributes(mailet)).containsExactlyInAnyOrder("match", "class");
        }
        assertThat(elements(container, "onMatcherException")).isEmpty();
        assertThat(elements(container, "onMatchException"))
                .extracting(Element::getTextContent)
                .containsOnly("propagate");
        for (Element processor : elements(container, "processor")) {
            if (processor.hasAttribute("state")) {
                List<Element> mailets = children(processor, "mailet");
                Element last = mailets.get(mailets.size() - 1);
                assertThat(last.getAttribute("match")).isEqualTo("All");
                assertThat(children(last, "onMailetException"))
                        .as("%s ends with %s", processor.getAttribute("state"), last.getAttribute("class"))
                        .extracting(Element::getTextContent)
                        .doesNotContain("ignore")
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void startAServer(Side side, @TempDir Path directory) throws Exception {
        try (LoopbackDns dns = LoopbackDns.start()) {
            Environment environment = Environment.of(side, directory.resolve("certs"), AUTHORITY, dns);
            try (TestServer server = TestServer.start(side.configuration(), directory.resolve("data"), environment)) {
                for (int port : List.of(server.port(), server.submissionPort())) {
                    try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", port)) {
                        smtp.expect("220 " + side.host());
                        smtp.send("EHLO client.test").expectMatching("250-" + side.host() + ".*STARTTLS.*");
                    }
                }
                assertThat(server.webAdmin().reload().statusCode()).isEqualTo(200);
            }
        }
    }

    private static Document parse(Path file) throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(file.toFile());
    }

    private static List<Element> elements(Document document, String name) {
        return list(document.getElementsByTagName(name));
    }

    private static List<Element> children(Element parent, String name) {
        return list(parent.getElementsByTagName(name));
    }

    private static List<Element> list(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<String> attributes(Element element) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            names.add(element.getAttributes().item(i).getNodeName());
        }
        return names;
    }
}
