package org.mailflow.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The launcher in an installation of its own, whose Maven only counts how often it builds, and where nothing else is. */
final class Launcher {

    private static final List<String> TOOLS = List.of(
            "sh",
            "basename",
            "cat",
            "cp",
            "date",
            "dirname",
            "find",
            "head",
            "mkdir",
            "mv",
            "ps",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail");
    private static final String MAIN =
            """
            package org.mailflow.assembly;
            public class Main {
                public static void main(String[] arguments) throws Exception {
                    System.out.println("pid " + ProcessHandle.current().pid());
                    System.out.println("home " + System.getProperty("mailflow.home"));
                    System.out.println("terminal " + System.getProperty("mailflow.terminal"));
                    System.out.println("option " + System.getProperty("option"));
                    for (String argument : arguments) {
                        System.out.println("[" + argument + "]");
                    }
                    System.exit(arguments.length);
                }
            }
            """;
    private static final String MAVEN =
            """
            #!/bin/sh
            home=${0%%/bin/mvn}
            echo built >>"$home/builds"
            [ ! -e "$home/broken" ] || { echo '[ERROR] it is broken'; exit 1; }
            mkdir -p "$home/an installation/assembly/target/dist/lib"
            cp -R "$home/classes" "$home/an installation/assembly/target/classes"
            """;

    private final Path root;
    private final Path tools;
    private final Path home;

    Launcher(Path root) throws IOException {
        this.root = root;
        this.tools = Files.createDirectories(root.resolve("bin"));
        this.home = Files.createDirectories(root.resolve("an installation"));
        Files.copy(Path.of("..", "mailflow"), home.resolve("mailflow"));
        Files.createDirectories(home.resolve("core/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        compileMain();
        for (String tool : TOOLS) {
            passOn(tools.resolve(tool), find(tool));
        }
        script(tools.resolve("mvn"), MAVEN.formatted());
        passOn(tools.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    Path home() {
        return home;
    }

    Path script() {
        return home.resolve("mailflow");
    }

    Path tools() {
        return tools;
    }

    void breakMaven() throws IOException {
        Files.createFile(root.resolve("broken"));
    }

    static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static void passOn(Path file, Path program) throws IOException {
        script(file, "#!/bin/sh\nexec '" + program + "' \"$@\"\n");
    }

    int builds() throws IOException {
        Path log = root.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    CommandRun run(Path script, Path directory, Optional<String> javaHome, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(Arrays.asList(arguments));
        Path out = Files.createTempFile(root, "out", "");
        Path err = Files.createTempFile(root, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("MAILFLOW_JAVA_OPTS", "-Doption=* -Xmx64m");
        javaHome.ifPresent(value -> builder.environment().put("JAVA_HOME", value));
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the launcher hangs");
        }
        String pid = "this process is " + process.pid() + "\n";
        return new CommandRun(
                process.exitValue(),
                pid + Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private void compileMain() throws IOException {
        Path source = Files.createDirectories(root.resolve("source")).resolve("Main.java");
        Files.writeString(source, MAIN);
        Path classes = Files.createDirectories(root.resolve("classes"));
        int failed =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString());
        if (failed != 0) {
            throw new AssertionError("Main.java does not compile");
        }
    }

    private static Path find(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this machine has no " + tool));
    }
}
