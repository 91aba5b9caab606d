package org.mailflow.core.config.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A stock James has no {@code mailflow.env}: its page tells of every variable that the files name, and of no other. */
class StockJamesVariablesTest {

    private static final Pattern VARIABLE = Pattern.compile("`(MAILFLOW_[A-Z_]+)");

    @Test
    void shouldDocumentEveryVariableOfTheExtensionAndNoOther() throws IOException {
        Set<String> documented = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(Files.readString(Path.of("..", "docs", "stock-james.md")));
        while (matcher.find()) {
            documented.add(matcher.group(1));
        }

        Set<String> named =
                VariableChecks.named(Path.of("..", "conf", "extension")).keySet();

        assertThat(documented).isEqualTo(new TreeSet<>(named));
    }
}
