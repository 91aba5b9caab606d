package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.model.Mailflow;

class LiveMailflowTest {

    private static final String TEXT =
            """
            <mailflow>
              <server><fqdn>mail.contoso.com</fqdn></server>
              <organization name="contoso" premises="cloud"/>
            </mailflow>
            """;

    private final Path file;

    LiveMailflowTest(@TempDir Path folder) throws IOException {
        file = Files.writeString(folder.resolve("mailflow.xml"), TEXT);
    }

    @Test
    void swapsTheSnapshotWhereTheNewOneIsInOrder() throws Exception {
        LiveMailflow live = live();
        Mailflow first = live.current();
        List<Mailflow> told = new ArrayList<>();
        live.onReload(told::add);
        Files.writeString(file, TEXT.replace("mail.contoso.com", "mx.contoso.com"));

        Mailflow second = live.reload();

        assertThat(live.current()).isSameAs(second);
        assertThat(second.server().fqdn()).isEqualTo("mx.contoso.com");
        assertThat(second.generation()).isGreaterThan(first.generation());
        assertThat(live.at(first.generation())).isSameAs(first);
        assertThat(told).containsExactly(second);
    }

    @Test
    void tellsEverybodyElseWhereOneWhoIsToldFails() throws Exception {
        LiveMailflow live = live();
        List<Mailflow> told = new ArrayList<>();
        live.onReload(next -> {
            throw new IllegalStateException("a part that is in trouble");
        });
        live.onReload(told::add);

        Mailflow next = live.reload();

        assertThat(told).containsExactly(next);
        assertThat(live.current()).isSameAs(next);
    }

    @Test
    void refusesANewSnapshotWholeAndKeepsTheOldOne() throws Exception {
        LiveMailflow live = live();
        Mailflow first = live.current();
        List<Mailflow> told = new ArrayList<>();
        live.onReload(told::add);
        Files.writeString(
                file, TEXT.replace("mail.contoso.com", "mx.contoso.com").replace("cloud", "moon"));
        AtomicInteger refusals = new AtomicInteger();
        live.onRefusal(refusals::incrementAndGet);

        assertThatThrownBy(live::reload)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("mailflow.xml:3:3: error: organization 'contoso'/premises");

        assertThat(live.current()).isSameAs(first);
        assertThat(told).isEmpty();
        assertThat(refusals).hasValue(1);
    }

    @Test
    void doesNotStartOnAConfigurationWithAnError() throws IOException {
        Files.writeString(file, "<mailflow/>");

        assertThatThrownBy(this::live)
                .isInstanceOfSatisfying(InvalidConfigurationException.class, refused -> assertThat(refused.problems())
                        .hasSize(2));
    }

    @Test
    void countsGenerationsUpEvenWhereTheClockStandsStill() throws Exception {
        LiveMailflow live = live();

        assertThat(List.of(
                        live.current().generation(),
                        live.reload().generation(),
                        live.reload().generation()))
                .doesNotHaveDuplicates()
                .isSorted();
    }

    private LiveMailflow live() throws InvalidConfigurationException {
        MailflowXml xml = new MailflowXml(file, Map.of(), ConfigurationFolder.CLOCK);
        return new LiveMailflow(xml::read, ConfigurationFolder.CLOCK);
    }
}
