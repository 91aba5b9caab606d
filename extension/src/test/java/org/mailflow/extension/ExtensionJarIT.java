package org.mailflow.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is in the extension jar: all that a stock James lacks, and nothing that it has. */
class ExtensionJarIT {

    @Test
    void bringsNoClassThatAStockJamesHas() throws IOException {
        Set<String> ours = StockJars.classFiles(StockJars.extension());

        TreeMap<String, Path> twice = new TreeMap<>();
        for (Path jar : StockJars.ofJames()) {
            for (String name : StockJars.classFiles(jar)) {
                if (ours.contains(name)) {
                    twice.put(name, jar.getFileName());
                }
            }
        }

        assertThat(twice).isEmpty();
    }

    /** Also the libraries: another extension may bring them too, in another version. */
    @Test
    void hasOnlyPackagesOfOurs() throws IOException {
        assertThat(StockJars.classFiles(StockJars.extension()))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("org/mailflow/"), "is in org.mailflow");
    }

    /** Class loading is parent-first: at run time every library has the version that James brings. */
    @Test
    void linksWithTheVersionsThatAStockJamesHas() throws IOException {
        Set<String> missing = new TreeSet<>();
        try (URLClassLoader loader = StockJars.loader(StockJars.extension())) {
            Linkage linkage = new Linkage(loader);
            for (String name : StockJars.classFiles(StockJars.extension())) {
                missing.addAll(linkage.missing(name));
            }
        }

        assertThat(missing).isEmpty();
    }

    /** The check itself: this class compiles with our Jackson, and would fail with a stock James'. */
    @Test
    void wouldNoticeAMethodThatAStockJamesDoesNotHave() throws IOException {
        String name = NeedsNewerJackson.class.getName().replace('.', '/') + ".class";

        Set<String> missing;
        try (URLClassLoader loader = StockJars.loader(StockJars.path("stock.tests"))) {
            missing = new Linkage(loader).missing(name);
        }

        assertThat(missing)
                .containsExactlyInAnyOrder(
                        name + " needs com/fasterxml/jackson/core/StreamReadConstraints",
                        name + " needs com/fasterxml/jackson/core/JsonFactory.streamReadConstraints()"
                                + "Lcom/fasterxml/jackson/core/StreamReadConstraints;");
    }

    /** Compiled, never run. */
    record NeedsNewerJackson(JsonFactory factory) {
        int limit() {
            return factory.streamReadConstraints().getMaxNestingDepth();
        }
    }
}
