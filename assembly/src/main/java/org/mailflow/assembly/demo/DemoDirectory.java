package org.mailflow.assembly.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the demo writes, in one directory that nobody else can read.
 *
 * @param root the directory
 * @param keep whether it stays
 */
record DemoDirectory(Path root, boolean keep) implements AutoCloseable {

    /** Makes it where this machine keeps temporary files. */
    static DemoDirectory create(boolean keep) throws IOException {
        return new DemoDirectory(Files.createTempDirectory("mailflow-demo-"), keep);
    }

    /** A directory in it, made if need be. */
    Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** A copy of a configuration's files, which may be changed. */
    Path copyOf(Path configuration, String name) throws IOException {
        Path copy = directory(name);
        try (Stream<Path> files = Files.list(configuration)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** Removes it, unless it stays. */
    @Override
    public void close() throws IOException {
        if (!keep && Files.exists(root)) {
            Files.walkFileTree(root, new Removal());
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
