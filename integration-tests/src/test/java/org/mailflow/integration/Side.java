package org.mailflow.integration;

import java.nio.file.Path;

/** A side of contoso.com's hybrid deployment. */
enum Side {
    ON_PREMISES("onpremises", "ONPREMISES", "mail.contoso.com"),
    CLOUD("cloud", "CLOUD", "cloud.contoso.com");

    private final String directory;
    private final String word;
    private final String host;

    Side(String directory, String word, String host) {
        this.directory = directory;
        this.word = word;
        this.host = host;
    }

    /** The configuration that is shipped for it. */
    Path configuration() {
        return shipped().resolve(directory);
    }

    /** The directory of all shipped configurations. */
    static Path shipped() {
        return Path.of("..", "conf");
    }

    /** The name of its server, which is the name in its certificate too. */
    String host() {
        return host;
    }

    /** The first label of the host name: how its certificate's files are named. */
    String certificateFile() {
        return host.substring(0, host.indexOf('.'));
    }

    /** What a variable is called by which the other side is told of this one. */
    String variable(String suffix) {
        return "MAILFLOW_" + word + "_" + suffix;
    }

    Side other() {
        return this == CLOUD ? ON_PREMISES : CLOUD;
    }
}
