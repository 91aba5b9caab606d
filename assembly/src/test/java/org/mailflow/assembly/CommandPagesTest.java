package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.event.MailEvent;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The page of each command names the options that it has, and no others. */
class CommandPagesTest {

    private static final Path PAGES = Path.of("..", "docs", "commands");
    private static final Pattern OPTION = Pattern.compile("(?<![-\\w])--[a-z][-a-z]*");
    private static final Pattern TYPES = Pattern.compile("`type` \\(([^)]+)\\)");
    private static final Set<String> OF_EVERY_COMMAND = Set.of("--help", "--version");

    private static CommandLine mailflow() {
        return Main.commandLine();
    }

    private static Stream<String> commands() {
        return mailflow().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void namesWhatTheCommandHasAndNothingElse(String command) throws IOException {
        String page = Files.readString(PAGES.resolve(command + ".md"));
        Set<String> documented =
                OPTION.matcher(page).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));

        Set<String> options = Optional.ofNullable(mailflow().getSubcommands().get(command)).stream()
                .flatMap(CommandPagesTest::options)
                .filter(name -> name.startsWith("--") && !OF_EVERY_COMMAND.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(options);
    }

    private static Stream<String> options(CommandLine command) {
        return Stream.concat(
                command.getCommandSpec().options().stream()
                        .filter(option -> !option.hidden())
                        .map(OptionSpec::names)
                        .flatMap(Stream::of),
                command.getSubcommands().values().stream().flatMap(CommandPagesTest::options));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isListed(String command) throws IOException {
        assertThat(Files.readString(PAGES.resolve("README.md"))).contains("(" + command + ".md)");
    }

    @Test
    void theOneOfTraceNamesEveryTypeOfEvent() throws IOException {
        Matcher listed = TYPES.matcher(Files.readString(PAGES.resolve("trace.md")));
        assertThat(listed.find()).isTrue();

        assertThat(listed.group(1).replaceAll("[`\\s]", "").split(","))
                .containsExactlyInAnyOrder(Arrays.stream(MailEvent.Type.values())
                        .map(MailEvent.Type::name)
                        .toArray(String[]::new));
    }
}
