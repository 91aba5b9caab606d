package org.mailflow.assembly.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;

/**
 * James' tables: made once, by OpenJPA from James' classes, and then given room.
 *
 * <p>James declares lengths that real mail exceeds: 20 characters for the sender's IP address (an IPv6 address has up to 45),
 * 255 for all recipients of a mail together, 200 for an error message. A mail that does not fit could not be put aside in
 * the repository for failed mail, and would be lost.
 */
final class JamesSchema {
    private static final String PERSISTENCE_UNIT = "mailflow";
    private static final int WIDE = 10_000_000;
    private static final String NARROW_COLUMNS =
            """
            SELECT TABLE_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS
            WHERE TABLE_SCHEMA = 'PUBLIC' AND DATA_TYPE = 'CHARACTER VARYING' AND CHARACTER_MAXIMUM_LENGTH < %d
            """
                    .formatted(WIDE);
    /** Says that the tables are whole; a crash while they are made leaves it absent, and they are completed. */
    private static final String MARK = "MAILFLOW_SCHEMA_1";

    private JamesSchema() {}

    /** Opens entity managers on a database, after making the tables where that was not done yet. */
    static EntityManagerFactory open(DataSource database) throws SQLException {
        if (!isComplete(database)) {
            EntityManagerFactory creating = Persistence.createEntityManagerFactory(
                    PERSISTENCE_UNIT,
                    Map.of(
                            "openjpa.ConnectionFactory",
                            database,
                            "openjpa.jdbc.SynchronizeMappings",
                            "buildSchema(ForeignKeys=true)"));
            // OpenJPA makes its tables with the first entity manager.
            creating.createEntityManager().close();
            creating.close();
            widenAndMark(database);
        }
        return Persistence.createEntityManagerFactory(PERSISTENCE_UNIT, Map.of("openjpa.ConnectionFactory", database));
    }

    private static boolean isComplete(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet mark = connection.getMetaData().getTables(null, "PUBLIC", MARK, null)) {
            return mark.next();
        }
    }

    private static void widenAndMark(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String change : widenings(statement)) {
                statement.execute(change);
            }
            statement.execute("CREATE TABLE " + MARK + " (NOTHING INTEGER)");
        }
    }

    private static List<String> widenings(Statement statement) throws SQLException {
        List<String> changes = new ArrayList<>();
        try (ResultSet narrow = statement.executeQuery(NARROW_COLUMNS)) {
            while (narrow.next()) {
                changes.add("ALTER TABLE \"%s\" ALTER COLUMN \"%s\" SET DATA TYPE CHARACTER VARYING(%d)"
                        .formatted(narrow.getString(1), narrow.getString(2), WIDE));
            }
        }
        return changes;
    }
}
