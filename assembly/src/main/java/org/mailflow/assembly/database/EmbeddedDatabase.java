package org.mailflow.assembly.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import javax.persistence.EntityManagerFactory;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.store.fs.FilePath;

/**
 * The SQL database of users, mailboxes and mail repositories: one H2 file in the data directory, of which every commit is
 * synced. No other process can open it while the server runs.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 64;

    private final JdbcConnectionPool connections;
    private final EntityManagerFactory entityManagers;

    private EmbeddedDatabase(JdbcConnectionPool connections, EntityManagerFactory entityManagers) {
        this.connections = connections;
        this.entityManagers = entityManagers;
    }

    /**
     * Opens the database and creates what it lacks of James' tables.
     *
     * @param directory where the database's file lives; created where it is missing
     * @throws IOException where the directory cannot be written
     * @throws SQLException where the database cannot be opened, or is open in another process
     */
    public static EmbeddedDatabase open(Path directory) throws IOException, SQLException {
        Files.createDirectories(directory);
        FilePath.register(new SyncedFilePath());
        // Java closes a file when a thread that uses it is interrupted, as James does on shutdown; "retry" opens it
        // again.
        String url = "jdbc:h2:retry:" + SyncedFilePath.SCHEME + ":" + directory.resolve("mailflow")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1";
        JdbcConnectionPool connections = JdbcConnectionPool.create(url, "mailflow", "");
        connections.setMaxConnections(CONNECTIONS);
        EntityManagerFactory entityManagers = JamesSchema.open(connections);
        syncDirectory(directory);
        return new EmbeddedDatabase(connections, entityManagers);
    }

    /** Returns what James' JPA back ends open their sessions with. */
    public EntityManagerFactory entityManagers() {
        return entityManagers;
    }

    @Override
    public void close() throws SQLException {
        entityManagers.close();
        try (var connection = connections.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
        connections.dispose();
    }

    /** Makes the names of newly created files as durable as their content. */
    private static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
