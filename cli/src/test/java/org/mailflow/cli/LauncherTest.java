package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a shell script")
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LauncherTest {

    @TempDir
    Path folder;

    private Launcher launcher;

    @BeforeEach
    void install() throws Exception {
        launcher = new Launcher(folder);
    }

    @Test
    void buildsOnFirstUseAndNotAgain() throws Exception {
        CommandRun first = run("check");
        CommandRun second = run("check");

        assertThat(first.err()).contains("mailflow: building", "mailflow: built in");
        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.out()).contains("[check]");
        assertThat(second.err()).isEmpty();
        assertThat(launcher.builds()).isEqualTo(1);
    }

    @Test
    void buildsAgainWhereASourceIsNewerOrGone() throws Exception {
        Path source = Files.createFile(launcher.home().resolve("core/src/main/A.java"));
        run();

        Files.setLastModifiedTime(source, later());
        run();
        assertThat(launcher.builds()).isEqualTo(2);

        setAllTimes(Instant.now().minusSeconds(60));
        run();
        assertThat(launcher.builds()).isEqualTo(2);

        Files.delete(source);
        Files.setLastModifiedTime(source.getParent(), later());
        run();
        assertThat(launcher.builds()).isEqualTo(3);
    }

    @Test
    void keepsOnlyTheBuildThatIsUsed() throws Exception {
        run();
        Files.setLastModifiedTime(launcher.home().resolve("pom.xml"), later());
        run();

        try (Stream<Path> state = Files.list(launcher.home().resolve(".mailflow"))) {
            assertThat(state.filter(Files::isDirectory)).hasSize(1);
        }
    }

    @Test
    void runsFromAnywhereThroughALink() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("mf"), Path.of("../an installation/mailflow"));

        CommandRun run = launcher.run(link, elsewhere, Optional.empty(), "a b", "$HOME", "");

        assertThat(run.out())
                .contains(
                        "home " + launcher.home().toRealPath(), "[a b]\n[$HOME]\n[]\n", "option *\n", "terminal false");
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void becomesTheJvmSoThatSignalsReachIt() throws Exception {
        CommandRun run = run();

        String pid = run.out().lines().findFirst().orElseThrow().replaceAll("\\D", "");
        assertThat(run.out()).contains("pid " + pid + "\n");
    }

    @Test
    void showsTheEndOfABuildThatFails() throws Exception {
        launcher.breakMaven();

        CommandRun run = run("check");

        assertThat(run.exitCode()).isEqualTo(70);
        assertThat(run.err()).contains("[ERROR] it is broken", "the build failed; all of it is in ");
        assertThat(launcher.home().resolve(".mailflow/lock")).doesNotExist();
    }

    @Test
    void goesOnAfterABuildThatWasKilled() throws Exception {
        Path lock = Files.createDirectories(launcher.home().resolve(".mailflow/lock"));
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

        assertThat(run("check").exitCode()).isEqualTo(1);
    }

    @Test
    void saysSoWithoutMaven() throws Exception {
        Files.delete(launcher.tools().resolve("mvn"));

        CommandRun run = run("check");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .isEqualTo(
                        "mailflow: there is no mvn: install Maven 3.8.1 or newer, which builds Mailflow on first use.\n");
    }

    @Test
    void saysSoWithoutJava() throws Exception {
        Files.delete(launcher.tools().resolve("java"));

        assertThat(run("check").err()).isEqualTo("mailflow: there is no java: install a JDK 17, or set JAVA_HOME.\n");
    }

    @Test
    void saysSoWithAnotherJava() throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Launcher.script(java, "#!/bin/sh\necho 'openjdk version \"21.0.4\" 2024-07-16' >&2\n");
        String javaHome = folder.resolve("jdk").toString();

        CommandRun another = launcher.run(launcher.script(), folder, Optional.of(javaHome), "check");
        CommandRun none = launcher.run(launcher.script(), folder, Optional.of("/nowhere"), "check");

        assertThat(another.err()).contains("/bin/java is Java 21, but 17 is needed: set JAVA_HOME to a JDK 17.");
        assertThat(none.err()).isEqualTo("mailflow: JAVA_HOME is /nowhere, but there is no bin/java in it.\n");
        assertThat(another.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private CommandRun run(String... arguments) throws Exception {
        return launcher.run(launcher.script(), folder, Optional.empty(), arguments);
    }

    private static FileTime later() {
        return FileTime.from(Instant.now().plusSeconds(60));
    }

    private void setAllTimes(Instant time) throws Exception {
        try (Stream<Path> files = Files.walk(launcher.home())) {
            for (Path file : files.filter(
                            path -> !path.startsWith(launcher.home().resolve(".mailflow")))
                    .toList()) {
                Files.setLastModifiedTime(file, FileTime.from(time));
            }
        }
    }
}
