package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.mailets.SendDeliveryStatusNotification;

/** The rules that mailetcontainer.xml states for its readers, kept by the ones that are shipped. */
class ShippedProcessorsTest {
    @ParameterizedTest
    @ValueSource(strings = {"onpremises", "cloud", "extension"})
    void noMailetTurnsAFaultIntoAnAnswer(String side) throws Exception {
        List<HierarchicalConfiguration<ImmutableNode>> mailets =
                read(side).configurationsAt("processors.processor.mailet");

        assertThat(mailets).isNotEmpty().allSatisfy(mailet -> {
            assertThat(mailet.containsKey("[@matcher]")).isFalse();
            assertThat(mailet.getString("[@match]")).isNotEmpty();
            assertThat(mailet.getString("onMailetException"))
                    .as(mailet.getString("[@class]"))
                    .isIn("propagate", "mailbox-failed");
            if (!"All".equals(mailet.getString("[@match]"))) {
                assertThat(mailet.getString("onMatchException")).isEqualTo("propagate");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"onpremises", "cloud", "extension"})
    void everyProcessorThatIsNamedExists(String side) throws Exception {
        HierarchicalConfiguration<ImmutableNode> file = read(side);

        List<Object> processors = file.getList("processors.processor[@state]");
        List<Object> named = file.getList("processors.processor.mailet.processor");

        assertThat(processors).doesNotHaveDuplicates().containsAll(named).contains("root", "error", "mailbox-failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onpremises", "cloud", "extension"})
    void bouncesAreWrittenByTheMailetThatMakesANewMail(String side) throws Exception {
        List<String> classes = read(side).configurationsAt("processors.processor").stream()
                .filter(processor -> "return-to-sender".equals(processor.getString("[@state]")))
                .flatMap(processor -> processor.configurationsAt("mailet").stream())
                .map(mailet -> mailet.getString("[@class]"))
                .toList();

        assertThat(classes).containsExactly(SendDeliveryStatusNotification.class.getName());
    }

    private static HierarchicalConfiguration<ImmutableNode> read(String side) throws Exception {
        try (InputStream file = Files.newInputStream(Path.of("..", "conf", side, "mailetcontainer.xml"))) {
            return FileConfigurationProvider.getConfig(file);
        }
    }
}
