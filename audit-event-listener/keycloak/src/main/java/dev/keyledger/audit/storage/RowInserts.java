package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.util.JpaUtils;

/**
 * Inserts many rows of one table with few statements, past the persistence context: what is written once and not looked at
 * again. An {@code INSERT} has as many rows as it pays to send at a time, where the database takes more than one; Oracle
 * does from version 23 only, and gets its rows in batches of single ones. Part of the running transaction.
 *
 * @param <E> what a row of the table is made from
 */
final class RowInserts<E> {
    private static final int ROWS = 32;
    /** With a text longer than this each row goes alone: some databases take no statement of more than 16 MiB. */
    private static final int MAX_CHARACTERS = 1 << 18;

    private final String table;
    private final List<Column<E>> columns;

    private RowInserts(String table, List<Column<E>> columns) {
        this.table = table;
        this.columns = columns;
    }

    /** Named one by one: Keycloak's build takes an entity's fields from reflection. */
    private record Column<E>(String name, Function<E, @Nullable Object> value) {}

    /** Into {@code AUDIT_ENTRY}. */
    static RowInserts<EntryEntity> ofEntries() {
        return new RowInserts<>(
                "AUDIT_ENTRY",
                List.of(
                        new Column<>("LOG_ID", row -> row.logId),
                        new Column<>("LOG_INDEX", row -> row.logIndex),
                        new Column<>("ID", row -> row.id),
                        new Column<>("EVENT_TIME", row -> row.eventTime),
                        new Column<>("LEAF", row -> row.leaf),
                        new Column<>("LEAF_HASH", row -> row.leafHash),
                        new Column<>("KIND", row -> row.kind),
                        new Column<>("OPERATION", row -> row.operation),
                        new Column<>("RESOURCE_TYPE", row -> row.resourceType),
                        new Column<>("SUCCESS", row -> row.success),
                        new Column<>("ACTOR_REF", row -> row.actorRef),
                        new Column<>("ACTOR_NAME_REF", row -> row.actorNameRef),
                        new Column<>("TARGET_REF", row -> row.targetRef),
                        new Column<>("TARGET_NAME_REF", row -> row.targetNameRef),
                        new Column<>("IP_REF", row -> row.ipRef),
                        new Column<>("CLIENT_REF", row -> row.clientRef),
                        new Column<>("REQUEST_REF", row -> row.requestRef),
                        new Column<>("FACET", row -> row.facet)));
    }

    /** Into {@code AUDIT_PRIVATE}. */
    static RowInserts<PrivateEntity> ofPrivateParts() {
        return new RowInserts<>(
                "AUDIT_PRIVATE",
                List.of(
                        new Column<>("LOG_ID", row -> row.logId),
                        new Column<>("LOG_INDEX", row -> row.logIndex),
                        new Column<>("SLOT", row -> row.slot),
                        new Column<>("SUBJECT_REF", row -> row.subjectRef),
                        new Column<>("DATA", row -> row.data)));
    }

    /** Into {@code AUDIT_SUBJECT_KEY}. */
    static RowInserts<SubjectKeyEntity> ofSubjectKeys() {
        return new RowInserts<>(
                "AUDIT_SUBJECT_KEY",
                List.of(
                        new Column<>("LOG_ID", row -> row.logId),
                        new Column<>("SUBJECT_REF", row -> row.subjectRef),
                        new Column<>("WRAPPED_KEY", row -> row.wrappedKey),
                        new Column<>("CREATED_TIME", row -> row.createdTime)));
    }

    /** Into {@code AUDIT_NAME}. */
    static RowInserts<NameEntity.Key> ofNames() {
        return new RowInserts<>(
                "AUDIT_NAME",
                List.of(
                        new Column<>("LOG_ID", NameEntity.Key::logId),
                        new Column<>("NAME_REF", NameEntity.Key::nameRef),
                        new Column<>("SUBJECT_REF", NameEntity.Key::subjectRef)));
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
                for (Column<E> column : columns) {
                    bind(statement, ++parameter, column.value().apply(row));
                }
                if (parameter == columns.size() * together) {
                    statement.addBatch();
                    parameter = 0;
                }
            }
            statement.executeBatch();
        }
    }

    private String sql(String into, int together) {
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        return "insert into " + into + " (" + names + ") values "
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
                .flatMap(row -> columns.stream().map(column -> column.value().apply(row)))
                .noneMatch(value -> value instanceof String text && text.length() > MAX_CHARACTERS);
    }
}
