package org.mailflow.assembly.flow;

import javax.annotation.PreDestroy;
import javax.inject.Inject;
import org.mailflow.directory.OpenDirectories;

/** Ends the connections to directory servers when the server stops. */
final class DirectoryLifecycle {

    private final OpenDirectories directories;

    @Inject
    DirectoryLifecycle(OpenDirectories directories) {
        this.directories = directories;
    }

    @PreDestroy
    void stop() {
        directories.close();
    }
}
