package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.assembly.demo.DemoCommand;
import org.mailflow.cli.ExitCode;
import org.mailflow.cli.MailflowCommand;
import picocli.CommandLine;

/** The flows of mail between two whole servers, with the configurations that are shipped. */
class DemoTest {

    private static final Path SHIPPED = Path.of("..", "conf").toAbsolutePath().normalize();

    private final StringWriter answer = new StringWriter();
    private final StringWriter complaint = new StringWriter();

    @Test
    void everyFlowTakesItsWay() throws IOException {
        int exitCode = demo(SHIPPED);

        JsonNode report = new JsonMapper().readTree(answer.toString());
        assertThat(texts(report.get("flows"), "flow"))
                .containsExactly("F1", "F2", "F3", "F4", "F5", "F6", "X1", "X2", "X3");
        assertThat(report.get("flows"))
                .allSatisfy(flow -> assertThat(flow.get("passed").asBoolean())
                        .as("%s", flow)
                        .isTrue());
        assertThat(exitCode).isEqualTo(ExitCode.OK);
    }

    @Test
    void aCertificateThatDoesNotNameTheOtherSideFailsTheFlow(@TempDir Path broken) throws IOException {
        copy(SHIPPED, broken);
        Path cloud = broken.resolve("cloud").resolve("mailflow.xml");
        Files.writeString(
                cloud,
                Files.readString(cloud)
                        .replaceFirst("<tlsDomain>[^<]*</tlsDomain>", "<tlsDomain>wrong.contoso.com</tlsDomain>"));

        int exitCode = demo(broken, "F1", "F5");

        JsonNode flows = new JsonMapper().readTree(answer.toString()).get("flows");
        assertThat(flows.get(0).get("passed").asBoolean())
                .as("%s", flows.get(0))
                .isFalse();
        assertThat(flows.get(0).get("reasons").toString()).contains("chris@contoso.com", "wrong.contoso.com");
        assertThat(texts(flows.get(0).get("copies"), "address")).containsExactly("david@contoso.com");
        assertThat(flows.get(1).get("passed").asBoolean())
                .as("%s", flows.get(1))
                .isTrue();
        assertThat(exitCode).isEqualTo(ExitCode.NOT_OK);
    }

    @Test
    void aFlowThatDoesNotExistIsWrongUsage() {
        int exitCode = demo(SHIPPED, "F9");

        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(complaint.toString()).contains("there is no flow F9", "F1, F2, F3, F4, F5, F6, X1, X2 and X3");
    }

    private int demo(Path configurations, String... flows) {
        CommandLine commandLine = MailflowCommand.commandLine(new DemoCommand());
        commandLine.setOut(new PrintWriter(answer, true));
        commandLine.setErr(new PrintWriter(complaint, true));
        List<String> arguments = new ArrayList<>(List.of("demo", "--json", "--conf", configurations.toString()));
        arguments.addAll(List.of(flows));
        int exitCode = commandLine.execute(arguments.toArray(String[]::new));
        assertThat(complaint.toString()).doesNotContain("should not happen");
        return exitCode;
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.get(field).asText()));
        return texts;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied);
                }
            }
        }
    }
}
