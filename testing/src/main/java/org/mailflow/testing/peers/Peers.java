package org.mailflow.testing.peers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mailflow.testing.ldap.Slapd;
import org.mailflow.testing.postfix.Postfix;
import org.mailflow.testing.readers.NodeModules;

/** The programs of the operating system that tests talk to. */
public final class Peers {
    private static final String POSTFIX = "postfix";
    private static final String SLAPD = "slapd";
    private static final String MAILPARSER = "mailparser";

    private Peers() {}

    /**
     * Why a peer cannot be used here; empty where it can.
     *
     * @param peer {@code postfix} or {@code slapd}, which are sought where Debian has them; {@code mailparser}, a module
     *     of Node.js, sought where npm installs globally; or the name of a program that must be on the PATH
     */
    public static Optional<String> obstacle(String peer) {
        if (peer.equals(POSTFIX)) {
            return Postfix.obstacle();
        }
        if (peer.equals(SLAPD)) {
            return Slapd.obstacle();
        }
        if (peer.equals(MAILPARSER)) {
            return onPath("node").or(() -> NodeModules.obstacle(MAILPARSER));
        }
        return onPath(peer);
    }

    private static Optional<String> onPath(String program) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
                return Optional.empty();
            }
        }
        return Optional.of(program + " is not on the PATH");
    }
}
