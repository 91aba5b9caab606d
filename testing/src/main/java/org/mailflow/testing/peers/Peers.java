package org.mailflow.testing.peers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mailflow.testing.ldap.Slapd;
import org.mailflow.testing.postfix.Postfix;

/** The programs of the operating system that tests talk to. */
public final class Peers {
    private static final String POSTFIX = "postfix";
    private static final String SLAPD = "slapd";

    private Peers() {}

    /**
     * Why a peer cannot be used here; empty where it can.
     *
     * @param peer {@code postfix} or {@code slapd}, which are sought where Debian has them, or the name of a program
     *     that must be on the PATH
     */
    public static Optional<String> obstacle(String peer) {
        if (peer.equals(POSTFIX)) {
            return Postfix.obstacle();
        }
        if (peer.equals(SLAPD)) {
            return Slapd.obstacle();
        }
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, peer))) {
                return Optional.empty();
            }
        }
        return Optional.of(peer + " is not on the PATH");
    }
}
