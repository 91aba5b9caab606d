package org.mailflow.core.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the schema and the reader together, in both directions. */
class SchemaTest {

    private static final Path SCHEMA = Path.of("..", "conf", "mailflow.xsd");
    private static final Path WRITTEN = Path.of("target", "mailflow.xsd");

    @Test
    void schemaHasEveryParameterThatIsReadAndNoOther() throws IOException {
        String expected = SchemaText.of(OrganizationElements.ROOT);
        Files.writeString(WRITTEN, expected);

        assertThat(Files.readString(SCHEMA).equals(expected))
                .as("conf/mailflow.xsd is as the reader is; after a change of a parameter copy core/%s there", WRITTEN)
                .isTrue();
    }

    @Test
    void schemaIsInTheJar() throws IOException {
        try (InputStream schema = SchemaTest.class.getResourceAsStream("/org/mailflow/core/config/mailflow.xsd")) {
            assertThat(Objects.requireNonNull(schema).readAllBytes()).isEqualTo(Files.readAllBytes(SCHEMA));
        }
    }

    static List<ElementSpec> elements() {
        return OrganizationElements.ROOT.withDescendants().toList();
    }

    @ParameterizedTest
    @MethodSource("elements")
    void everyDefaultIsAValueOfItsParameter(ElementSpec element) {
        assertThat(parameters(element)).allSatisfy(parameter -> {
            if (parameter.fixedDefault()) {
                assertThat(Stream.of(parameter.defaultText().split("[, ]+")).map(parameter.kind()::parse))
                        .isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("elements")
    void everyParameterIsExplained(ElementSpec element) {
        assertThat(element.meaning()).endsWith(".");
        assertThat(parameters(element)).allSatisfy(parameter -> {
            assertThat(parameter.meaning()).endsWith(".");
            assertThat(parameter.kind().meaning()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("elements")
    void parametersHaveTheNamesOfTheCmdlets(ElementSpec element) {
        assertThat(parameters(element)
                        .filter(parameter -> parameter.cmdlet().matches("New-(In|Out)boundConnector -[A-Za-z]+")))
                .allSatisfy(parameter -> {
                    String cmdlet = parameter.cmdlet().replaceAll(".* -", "");
                    String camelCase = cmdlet.substring(0, 1).toLowerCase(Locale.ROOT) + cmdlet.substring(1);
                    assertThat(parameter.name()).isEqualTo(camelCase);
                });
    }

    private static Stream<Parameter<?>> parameters(ElementSpec element) {
        return Stream.concat(element.attributes().stream(), element.parameters().stream());
    }
}
