package org.mailflow.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.config.Problem;
import org.mailflow.core.model.Mailflow;

/**
 * Every slip in James' files that is found. The files in {@code config/james} say in a comment, on the line of the slip,
 * what must be found there; nothing else may be found.
 */
class JamesFilesTest {

    private static final Path RESOURCES = Path.of("src", "test", "resources", "config", "james");
    private static final Path SHIPPED = Path.of("..", "conf");
    private static final Pattern EXPECTED = Pattern.compile("<!-- ((?:error|warning): .*?) -->");

    @ParameterizedTest
    @CsvSource({"mistakes, OUR_SERVER", "stock, STOCK_JAMES", "bare, OUR_SERVER"})
    void findsEverySlipInItsLineAndNoOther(String name, ServerKind kind) throws IOException {
        Path folder = RESOURCES.resolve(name);

        List<Problem> problems =
                JamesFiles.read(folder, Map.of(), Map.of(), kind).problems();

        assertThat(problems).extracting(JamesFilesTest::placed).containsExactlyInAnyOrderElementsOf(planted(folder));
        assertThat(problems).allSatisfy(problem -> assertThat(problem.remedy()).isNotBlank());
    }

    @Test
    void hasFortySlipsAndMore() throws IOException {
        assertThat(planted(RESOURCES.resolve("mistakes"))).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"onpremises", "cloud", "extension"})
    void findsNothingInWhatWeShip(String name) {
        Path folder = SHIPPED.resolve(name);

        List<Problem> problems = JamesFiles.read(folder, Map.of(), Map.of(), JamesFiles.kindOf(folder))
                .problems();

        assertThat(problems).isEmpty();
    }

    @Test
    void tellsOurServerFromAStockJames() {
        assertThat(JamesFiles.kindOf(SHIPPED.resolve("cloud"))).isEqualTo(ServerKind.OUR_SERVER);
        assertThat(JamesFiles.kindOf(SHIPPED.resolve("extension"))).isEqualTo(ServerKind.STOCK_JAMES);
    }

    @Test
    void refusesFilesThatCannotBeRead() {
        List<Problem> problems = JamesFiles.read(RESOURCES.resolve("broken"), Map.of(), Map.of(), ServerKind.OUR_SERVER)
                .problems();

        assertThat(problems)
                .extracting(Problem::toString)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("mailetcontainer.xml:3:")
                                .contains("not well-formed"),
                        second -> assertThat(second).startsWith("smtpserver.xml:1:1: error: the file: does not exist"));
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "'<trustedProxies>192.0.2.9</trustedProxies>', 0"})
    void refusesAListenerBehindProxiesThatNobodyNames(String setting, int errors, @TempDir Path folder)
            throws IOException {
        Files.writeString(
                folder.resolve("smtpserver.xml"),
                """
                <smtpservers><smtpserver enabled="true">
                  <bind>0.0.0.0:25</bind><proxyRequired>true</proxyRequired>
                  <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
                </smtpserver></smtpservers>
                """);
        Path file = Files.writeString(
                folder.resolve("mailflow.xml"),
                """
                <mailflow><server><fqdn>mail.contoso.com</fqdn>%s</server>
                  <organization name="contoso" premises="onPremises">
                    <acceptedDomain name="contoso.com"/><recipients><jamesUsers/></recipients>
                  </organization></mailflow>
                """
                        .formatted(setting));
        Mailflow mailflow = new MailflowXml(file, Map.of(), Clock.systemUTC())
                .read(1)
                .mailflow()
                .orElseThrow();

        List<Problem> problems = JamesFiles.read(folder, Map.of(), Map.of(), ServerKind.OUR_SERVER)
                .problemsBeside(mailflow);

        assertThat(problems).hasSize(errors).allSatisfy(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(placed(problem))
                    .startsWith("smtpserver.xml 2 error: smtpserver/proxyRequired: shuts everybody out");
        });
    }

    @Test
    void refusesPropertiesThatTakeAProtectionOff() throws IOException {
        Map<String, String> off = Map.of("james.prevent.smtp.smuggling", "false");
        Map<String, String> on = Map.of("james.prevent.smtp.smuggling", "true");
        Path cloud = SHIPPED.resolve("cloud");

        assertThat(JamesFiles.read(cloud, Map.of(), on, ServerKind.OUR_SERVER).problems())
                .isEmpty();
        assertThat(JamesFiles.read(cloud, Map.of(), off, ServerKind.OUR_SERVER).problems())
                .singleElement()
                .hasToString("Java's options:1:1: error: james.prevent.smtp.smuggling: is false: a sender could hide a "
                        + "second mail in the first. Remove it; true holds then");
    }

    @Test
    void readsPropertiesAsJamesDoes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("jvm.properties");
        List<String> offending = new ArrayList<>();
        for (String text : List.of(
                "james.prevent.smtp.smuggling=true\n",
                "#james.prevent.smtp.smuggling=false\n",
                "james.prevent.smtp.smuggling=\\\n  true\n",
                "a=b\njames.prevent.smtp.smuggling = fal\\\n  se\n",
                "\\u006aames.prevent.smtp.smuggling=no\n",
                "a=\\u00\n")) {
            Files.writeString(file, text);
            JamesFiles.read(folder, Map.of(), Map.of(), ServerKind.STOCK_JAMES).problems().stream()
                    .filter(problem -> problem.location().file().equals("jvm.properties"))
                    .map(JamesFilesTest::placed)
                    .forEach(offending::add);
        }

        assertThat(offending)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("jvm.properties 2 error: james.prevent")
                                .contains("is false"),
                        second -> assertThat(second)
                                .startsWith("jvm.properties 1 error: james.prevent")
                                .contains("is no"),
                        third -> assertThat(third).startsWith("jvm.properties 1 error: the file: cannot be read"));
    }

    @Test
    void variablesOfMailflowEnvAreForOurServerAlone(@TempDir Path folder) throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED.resolve("extension"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.writeString(folder.resolve("mailflow.env"), "MAILFLOW_SMTP_BIND=nowhere\n");

        assertThat(JamesFiles.read(folder, Map.of(), Map.of(), ServerKind.STOCK_JAMES)
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(placed(problem))
                        .startsWith("mailflow.env 1 warning: the file: is read for mailflow.xml alone"));
        assertThat(JamesFiles.read(folder, Map.of(), Map.of(), ServerKind.OUR_SERVER)
                        .problems())
                .anyMatch(problem -> problem.message().startsWith("'nowhere' is no address and port"));
    }

    private static String placed(Problem problem) {
        return problem.location().file() + " " + problem.location().line() + " "
                + (problem.isError() ? "error" : "warning") + ": " + problem.element() + ": " + problem.message();
    }

    private static List<String> planted(Path folder) throws IOException {
        List<String> planted = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    Matcher matcher = EXPECTED.matcher(lines.get(i));
                    while (matcher.find()) {
                        planted.add(file.getFileName() + " " + (i + 1) + " " + matcher.group(1));
                    }
                }
            }
        }
        return planted;
    }
}
