package org.mailflow.assembly.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Makes room in James' tables.
 *
 * <p>James declares lengths that real mail exceeds: 20 characters for the sender's IP address (an IPv6 address has up to 45),
 * 255 for all recipients of a mail together, 200 for an error message. A mail that does not fit could not be put aside in
 * the repository for failed mail, and would be lost.
 */
final class JamesColumns {
    private static final int WIDE = 10_000_000;
    private static final String NARROW_COLUMNS =
            """
            SELECT TABLE_NAME, COLUMN_NAME, IS_NULLABLE FROM INFORMATION_SCHEMA.COLUMNS
            WHERE TABLE_SCHEMA = 'PUBLIC' AND DATA_TYPE = 'CHARACTER VARYING' AND CHARACTER_MAXIMUM_LENGTH < %d
            """
                    .formatted(WIDE);

    private JamesColumns() {}

    static void widen(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String change : changes(statement)) {
                statement.execute(change);
            }
        }
    }

    private static List<String> changes(Statement statement) throws SQLException {
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
