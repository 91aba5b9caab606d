package org.mailflow.integration;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small file system of its own in memory, that a test can fill to the last byte. It takes root to make one. */
final class FullDisk implements AutoCloseable {

    private static final int BLOCK = 64 * 1024;
    private static final long MEGA = 1024L * 1024L;

    private final Path root;

    private FullDisk(Path root) {
        this.root = root;
    }

    /** Mounts one; empty where this process may not. */
    static Optional<FullDisk> mount(Path root, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(root);
        Program.Result mounted =
                Program.run(List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", root.toString()));
        return mounted.exitCode() == 0 ? Optional.of(new FullDisk(root)) : Optional.empty();
    }

    Path root() {
        return root;
    }

    /** How much is left, in MB. */
    long free() throws IOException {
        return Files.getFileStore(root).getUsableSpace() / MEGA;
    }

    /** Another program writes until only so much is left; with 0, until nothing is. */
    void fillUpTo(long megabytesLeft) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream other = Files.newOutputStream(filler())) {
            while (megabytesLeft == 0 || free() > megabytesLeft) {
                other.write(block);
            }
        } catch (IOException e) {
            if (megabytesLeft > 0) {
                throw e;
            }
        }
    }

    /** The other program removes what it wrote. */
    void makeRoom() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return root.resolve("of-another-program");
    }

    @Override
    public void close() throws IOException {
        Process unmounting = new ProcessBuilder("umount", "-l", root.toString()).start();
        if (unmounting.onExit().join().exitValue() != 0) {
            throw new IOException("cannot unmount " + root);
        }
    }
}
