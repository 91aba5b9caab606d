package org.mailflow.matchers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.mailet.Matcher;
import org.junit.jupiter.api.Test;
import org.mailflow.core.container.settings.MatcherSpec;
import org.mailflow.core.container.settings.OwnMatchers;

/** Start-up checks know our matchers, all and no others. */
class SpecificationsTest {

    private static final Path DOCS = Path.of("..", "docs", "matchers");

    @Test
    void knowEveryMatcherThatIsDocumented() throws Exception {
        List<String> documented;
        try (Stream<Path> pages = Files.list(DOCS)) {
            documented = pages.map(page -> page.getFileName().toString().replace(".md", ""))
                    .toList();
        }

        assertThat(OwnMatchers.ALL).extracting(MatcherSpec::simpleName).containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void knowEveryMatcherThatThereIs() throws Exception {
        Path classes = Path.of(SentByConnector.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> there;
        try (Stream<Path> files = Files.list(classes.resolve("org/mailflow/matchers"))) {
            there = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> OwnMatchers.PACKAGE + name.replace(".class", ""))
                    .filter(SpecificationsTest::isMatcher)
                    .toList();
        }

        assertThat(OwnMatchers.ALL).extracting(MatcherSpec::className).containsExactlyInAnyOrderElementsOf(there);
    }

    private static boolean isMatcher(String name) {
        try {
            return Matcher.class.isAssignableFrom(Class.forName(name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
