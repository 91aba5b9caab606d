package org.mailflow.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import org.apache.mailet.Mailet;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.MailetContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.container.settings.MailetSpec;
import org.mailflow.core.container.settings.OwnMailets;

/** What start-up checks know of our mailets is what these really read, and what the documentation says. */
class SpecificationsTest {

    private static final Path DOCS = Path.of("..", "docs", "mailets");

    @Test
    void knowEveryMailet() throws Exception {
        assertThat(OwnMailets.ALL)
                .extracting(MailetSpec::className)
                .containsExactlyInAnyOrderElementsOf(
                        mailets().map(Class::getName).toList());
    }

    @ParameterizedTest
    @MethodSource("mailets")
    void knowTheParametersThatAMailetReads(Class<? extends Mailet> mailet) throws Exception {
        Set<String> read = new HashSet<>();

        start(mailet, recording(read));

        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(
                        OwnMailets.named(mailet.getName()).orElseThrow().parameters().stream()
                                .map(Parameter::name)
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("mailets")
    void areWhatTheDocumentationSays(Class<? extends Mailet> mailet) throws Exception {
        List<Parameter<?>> parameters =
                OwnMailets.named(mailet.getName()).orElseThrow().parameters();

        String page = Files.readString(DOCS.resolve(mailet.getSimpleName() + ".md"));

        assertThat(parameters).allSatisfy(parameter -> {
            assertThat(page).contains("`" + parameter.name() + "`");
            assertThat(page).contains(parameter.fixedDefault() ? "`" + parameter.defaultText() + "`" : "");
        });
    }

    static Stream<Class<? extends Mailet>> mailets() throws IOException, URISyntaxException {
        Path classes = Path.of(SelectConnector.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(classes.resolve("org/mailflow/mailets"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> "org.mailflow.mailets." + name.replace(".class", ""))
                    .<Class<?>>map(SpecificationsTest::load)
                    .filter(type -> Mailet.class.isAssignableFrom(type) && Modifier.isPublic(type.getModifiers()))
                    .<Class<? extends Mailet>>map(type -> type.asSubclass(Mailet.class))
                    .toList()
                    .stream();
        }
    }

    /** What a mailet needs besides its parameters is not there; it reads these first. */
    private static void start(Class<? extends Mailet> mailet, MailetConfig config) throws Exception {
        var constructor = mailet.getConstructors()[0];
        Object[] arguments = Arrays.stream(constructor.getParameterTypes())
                .map(type -> type.isInterface() ? nothing(type) : null)
                .toArray();
        try {
            ((Mailet) constructor.newInstance(arguments)).init(config);
        } catch (MessagingException | NullPointerException | IllegalStateException needsMore) {
            assertThat(needsMore).isNotNull();
        }
    }

    private static MailetConfig recording(Set<String> read) {
        return new MailetConfig() {
            @Override
            @SuppressWarnings("NullAway") // As James answers for what is not written.
            public String getInitParameter(String name) {
                read.add(name);
                return null;
            }

            @Override
            public Iterator<String> getInitParameterNames() {
                return Collections.emptyIterator();
            }

            @Override
            public MailetContext getMailetContext() {
                return nothing(MailetContext.class);
            }

            @Override
            public String getMailetName() {
                return "mailet";
            }
        };
    }

    private static <T> T nothing(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(method + " is not there");
                }));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
