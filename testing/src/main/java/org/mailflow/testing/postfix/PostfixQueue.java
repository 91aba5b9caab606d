package org.mailflow.testing.postfix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;

/**
 * The queue and data directories with the owners and rights that Postfix demands. Its own {@code post-install} would
 * make them too, and take ten times as long as everything else in a start.
 */
final class PostfixQueue {
    private static final String MAIL_OWNER = "postfix";
    private static final String SUBMITTERS = "postdrop";
    private static final List<String> QUEUES = List.of(
            "active",
            "bounce",
            "corrupt",
            "defer",
            "deferred",
            "flush",
            "hold",
            "incoming",
            "private",
            "saved",
            "trace");

    private final Path queue;
    private final Path data;

    PostfixQueue(Path root) {
        this.queue = root.resolve("queue");
        this.data = root.resolve("data");
    }

    Path queue() {
        return queue;
    }

    Path data() {
        return data;
    }

    void create() throws IOException {
        Files.createDirectory(queue);
        Files.createDirectory(queue.resolve("pid"));
        for (String name : QUEUES) {
            own(queue.resolve(name), "rwx------", MAIL_OWNER);
        }
        own(queue.resolve("maildrop"), "rwx-wx---", SUBMITTERS);
        own(queue.resolve("public"), "rwx--x---", SUBMITTERS);
        own(data, "rwx------", MAIL_OWNER);
    }

    /** Lets the next start skip the check of the whole installation. */
    void trust() throws IOException {
        Path mark = queue.resolve("quick-start");
        if (Files.notExists(mark)) {
            Files.createFile(mark);
        }
    }

    private static void own(Path directory, String rights, String group) throws IOException {
        Files.createDirectory(directory);
        UserPrincipalLookupService users = directory.getFileSystem().getUserPrincipalLookupService();
        PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        view.setOwner(users.lookupPrincipalByName(MAIL_OWNER));
        view.setGroup(users.lookupPrincipalByGroupName(group));
        view.setPermissions(PosixFilePermissions.fromString(rights));
    }
}
