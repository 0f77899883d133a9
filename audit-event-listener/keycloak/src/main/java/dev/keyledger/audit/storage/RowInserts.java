package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Table;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.util.JpaUtils;

/**
 * Inserts many rows of one table with few statements, past the persistence context: what is written once and not looked at
 * again. An {@code INSERT} has as many rows as it pays to send at a time, where the database takes more than one; Oracle
 * does from version 23 only, and gets its rows in batches of single ones. Part of the running transaction.
 *
 * @param <E> an entity with public fields that all have a {@link Column}
 */
final class RowInserts<E> {
    private static final int ROWS = 32;
    /** With a text longer than this each row goes alone: some databases take no statement of more than 16 MiB. */
    private static final int MAX_CHARACTERS = 1 << 18;

    private final String table;
    private final List<Field> fields;

    RowInserts(Class<E> entity) {
        this.table = entity.getAnnotation(Table.class).name();
        this.fields = Arrays.stream(entity.getFields())
                .filter(field -> field.isAnnotationPresent(Column.class))
                .toList();
    }

    /** @param rows none of which the persistence context knows */
    void insert(EntityManager em, List<E> rows) {
        String qualified = JpaUtils.getTableNameForNativeQuery(table, em);
        em.unwrap(Session.class).doWork(connection -> {
            int together = takesManyRows(connection) && areSmall(rows) ? ROWS : 1;
            int whole = rows.size() / together * together;
            insert(connection, qualified, rows.subList(0, whole), together);
            insert(connection, qualified, rows.subList(whole, rows.size()), 1);
        });
    }

    private static boolean takesManyRows(Connection connection) throws SQLException {
        return !connection.getMetaData().getDatabaseProductName().equals("Oracle");
    }

    private void insert(Connection connection, String into, List<E> rows, int together) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql(into, together))) {
            int parameter = 0;
            for (E row : rows) {
                for (Field field : fields) {
                    bind(statement, ++parameter, value(field, row));
                }
                if (parameter == fields.size() * together) {
                    statement.addBatch();
                    parameter = 0;
                }
            }
            statement.executeBatch();
        }
    }

    private String sql(String into, int together) {
        String columns = fields.stream()
                .map(field -> field.getAnnotation(Column.class).name())
                .collect(Collectors.joining(", "));
        String row = "(" + String.join(", ", Collections.nCopies(fields.size(), "?")) + ")";
        return "insert into " + into + " (" + columns + ") values "
                + String.join(", ", Collections.nCopies(together, row));
    }

    private static void bind(PreparedStatement statement, int parameter, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(parameter, Types.VARCHAR);
        } else if (value instanceof String text) {
            statement.setString(parameter, text);
        } else if (value instanceof Long number) {
            statement.setLong(parameter, number);
        } else if (value instanceof Integer number) {
            statement.setInt(parameter, number);
        } else if (value instanceof Boolean bit) {
            statement.setBoolean(parameter, bit);
        } else {
            throw new IllegalArgumentException(
                    "a column of " + value.getClass() + ", want text, a number or a boolean");
        }
    }

    private boolean areSmall(List<E> rows) {
        return rows.stream()
                .flatMap(row -> fields.stream().map(field -> value(field, row)))
                .noneMatch(value -> value instanceof String text && text.length() > MAX_CHARACTERS);
    }

    private static @Nullable Object value(Field field, Object row) {
        try {
            return field.get(row);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is not public", e);
        }
    }
}
