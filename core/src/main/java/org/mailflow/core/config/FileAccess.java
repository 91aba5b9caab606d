package org.mailflow.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** Who may read the files of a configuration. */
public final class FileAccess {

    /** What is wrong with a file that has a secret, for a problem. */
    public static final String EXPOSED = "is readable by every user of this machine";
    /** How to mend it. */
    public static final String REMEDY = "Run: chmod o-rwx on the file";

    private FileAccess() {}

    /** Whether every user of the machine can read a file; false where the file system does not tell. */
    public static boolean isForOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
