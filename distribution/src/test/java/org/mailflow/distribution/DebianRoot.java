package org.mailflow.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A clean Debian in a directory of its own: this machine's release, from the mirrors that this machine's apt knows. Nothing
 * runs in it but what a test starts.
 */
final class DebianRoot implements AutoCloseable {
    private static final long LIMIT_MINUTES = 20;
    private static final String PATH = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";

    private final Path root;
    private final Path log;

    private DebianRoot(Path root, Path log) {
        this.root = root;
        this.log = log;
    }

    /** Makes it. */
    static DebianRoot create(Path directory) throws IOException, InterruptedException {
        Path root = directory.resolve("root");
        DebianRoot debian = new DebianRoot(root, directory.resolve("commands.log"));
        String release = debian.output("sh", "-c", ". /etc/os-release && echo $VERSION_CODENAME")
                .strip();
        String mirror = debian.output(
                        "sh",
                        "-c",
                        "apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' | awk '$2 == r && $3 == \"main\" {"
                                + " print $1; exit }' r=" + release)
                .strip();
        assertThat(mirror).as("a mirror of %s that apt knows", release).isNotEmpty();
        debian.run("debootstrap", "--variant=minbase", release, root.toString(), mirror);
        // A package's scripts must find no service manager here, as in a container.
        debian.mount("proc", "proc");
        return debian;
    }

    /** A path in it, as this machine sees it. */
    Path path(String inside) {
        return root.resolve(inside.substring(1));
    }

    /** Runs a command as its root, and returns what it printed. It must succeed. */
    String in(String... command) throws IOException, InterruptedException {
        return ending(0, command);
    }

    /** Runs a command that must end with this status as its root, and returns what it printed. */
    String ending(int status, String... command) throws IOException, InterruptedException {
        List<String> whole = chroot("root");
        whole.addAll(List.of("/usr/bin/env", PATH, "DEBIAN_FRONTEND=noninteractive", "HOME=/"));
        whole.addAll(List.of(command));
        return output(status, whole.toArray(String[]::new));
    }

    /**
     * Starts a command as one of its users, with no other environment and with signals as they are by default, as a service
     * manager does; the caller ends it.
     */
    Process start(String user, Map<String, String> environment, Path output, String... command) throws IOException {
        List<String> whole = chroot(user);
        whole.addAll(List.of("/usr/bin/env", "-i", "--default-signal=HUP", PATH));
        environment.forEach((name, value) -> whole.add(name + "=" + value));
        whole.addAll(List.of(command));
        return new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** The files and directories that a package brings or leaves; not what the system keeps books of. */
    Set<String> files() throws IOException {
        Set<String> files = new TreeSet<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String inside = "/" + root.relativize(directory);
                if (Set.of("/proc", "/dev", "/sys", "/tmp", "/run", "/var/cache", "/var/log", "/var/lib/apt")
                        .contains(inside)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                files.add(inside);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add("/" + root.relativize(file));
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private List<String> chroot(String user) {
        return new ArrayList<>(List.of("chroot", "--userspec=" + user + ":" + user, root.toString()));
    }

    private void mount(String type, String where) throws IOException, InterruptedException {
        run("mount", "-t", type, type, root.resolve(where).toString());
    }

    private void run(String... command) throws IOException, InterruptedException {
        output(command);
    }

    private String output(String... command) throws IOException, InterruptedException {
        return output(0, command);
    }

    private String output(int status, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(log.getParent(), "output-", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MAILFLOW_") || name.equals("JAVA_HOME"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("%s comes to an end", List.of(command))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(process.exitValue())
                .as("%s printed %s", List.of(command), printed)
                .isEqualTo(status);
        return printed;
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", root.resolve("proc").toString());
            run("rm", "-rf", "--one-file-system", root.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
