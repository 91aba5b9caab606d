package org.mailflow.assembly.database;

import java.sql.SQLException;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.persistence.EntityManagerFactory;

/** Closes the database when the server stops, after everything that was given its entity managers. */
final class DatabaseLifecycle {
    private final EmbeddedDatabase database;

    @Inject
    DatabaseLifecycle(EmbeddedDatabase database) {
        this.database = database;
    }

    EntityManagerFactory entityManagers() {
        return database.entityManagers();
    }

    @PreDestroy
    void stop() throws SQLException {
        database.close();
    }
}
